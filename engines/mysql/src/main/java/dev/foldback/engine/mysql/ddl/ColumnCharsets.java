package dev.foldback.engine.mysql.ddl;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The character sets of a table's columns. */
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

  private static String charset(TableElement element, String common) {
    List<Token> words = Lexer.tokens(element.text()).stream().filter(Token::matters).toList();
    int depth = 0;
    for (int i = 1; i + 1 < words.size(); i++) {
      Token word = words.get(i);
      depth += word.isSymbol('(') ? 1 : word.isSymbol(')') ? -1 : 0;
      if (depth == 0 && word.is("SET") && words.get(i - 1).is("CHARACTER")) {
        return words.get(i + 1).text();
      }
      if (depth == 0 && word.is("COLLATE")) {
        return ofCollation(words.get(i + 1).text());
      }
    }
    return common;
  }

  private static String ofCollation(String collation) {
    int end = collation.indexOf('_');
    return end < 0 ? collation : collation.substring(0, end);
  }
}
