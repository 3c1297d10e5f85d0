package dev.foldback.engine.mysql.ddl;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The character sets and collations of a table's columns. */
public final class ColumnCharsets {
  private ColumnCharsets() {}

  /**
   * By the columns' names, as the server calls them, such as {@code utf8mb4}. Only columns of
   * characters have one in truth.
   *
   * @param definition as SHOW CREATE TABLE prints it
   */
  public static Map<String, String> of(String definition) {
    TableStatement statement = TableStatement.parse(definition);
    String common =
        statement
            .option("CHARSET")
            .orElseGet(
                () -> statement.option("COLLATE").map(ColumnCharsets::ofCollation).orElse(""));
    Map<String, String> charsets = new HashMap<>();
    for (TableElement element : statement.elements()) {
      if (element.kind() == TableElement.Kind.COLUMN) {
        charsets.put(element.name(), charset(element, common).toLowerCase(Locale.ROOT));
      }
    }
    return charsets;
  }

  /**
   * By the columns' names, as they are written, such as {@code utf8mb4_bin}; the character set
   * where no collation is.
   *
   * @param definition as SHOW CREATE TABLE prints it
   */
  static Map<String, String> collations(String definition) {
    TableStatement statement = TableStatement.parse(definition);
    String common = statement.option("COLLATE").or(() -> statement.option("CHARSET")).orElse("");
    Map<String, String> collations = new HashMap<>();
    for (TableElement element : statement.elements()) {
      if (element.kind() == TableElement.Kind.COLUMN) {
        List<Token> words = words(element);
        String written = after(words, "COLLATE").or(() -> after(words, "SET")).orElse(common);
        collations.put(element.name(), written.toLowerCase(Locale.ROOT));
      }
    }
    return collations;
  }

  private static String charset(TableElement element, String common) {
    List<Token> words = words(element);
    return after(words, "SET")
        .or(() -> after(words, "COLLATE").map(ColumnCharsets::ofCollation))
        .orElse(common);
  }

  private static List<Token> words(TableElement element) {
    return Lexer.tokens(element.text()).stream().filter(Token::matters).toList();
  }

  /** What follows COLLATE or CHARACTER SET, outside brackets. */
  private static Optional<String> after(List<Token> words, String what) {
    int depth = 0;
    for (int i = 1; i + 1 < words.size(); i++) {
      Token word = words.get(i);
      depth += word.isSymbol('(') ? 1 : word.isSymbol(')') ? -1 : 0;
      boolean other = word.is("SET") && !words.get(i - 1).is("CHARACTER");
      if (depth == 0 && word.is(what) && !other) {
        return Optional.of(words.get(i + 1).text());
      }
    }
    return Optional.empty();
  }

  private static String ofCollation(String collation) {
    int end = collation.indexOf('_');
    return end < 0 ? collation : collation.substring(0, end);
  }
}
