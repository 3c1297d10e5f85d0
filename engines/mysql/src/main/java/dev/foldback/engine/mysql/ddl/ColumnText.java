package dev.foldback.engine.mysql.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A column as a table's definition writes it.
 *
 * @param name unquoted
 * @param type in lower case with its parentheses, without what follows them, such as {@code
 *     varchar(20)}
 * @param unsigned also where only ZEROFILL is written
 * @param generated whether its values are computed from others
 * @param old whether MariaDB marks it as of a type's older format
 */
public record ColumnText(
    String name, String type, boolean unsigned, boolean zerofill, boolean generated, boolean old) {

  /** The columns of a definition as SHOW CREATE TABLE prints it, in its order. */
  public static List<ColumnText> of(String definition) {
    List<ColumnText> columns = new ArrayList<>();
    for (TableElement element : TableStatement.parse(definition).elements()) {
      if (element.kind() == TableElement.Kind.COLUMN) {
        columns.add(column(element));
      }
    }
    return columns;
  }

  /** How many unique keys MariaDB keeps by a hash, for which it adds hidden columns. */
  public static int hashedKeys(String definition) {
    int count = 0;
    for (TableElement element : TableStatement.parse(definition).elements()) {
      if (element.kind() == TableElement.Kind.UNIQUE
          && element.hasWord("USING")
          && element.hasWord("HASH")) {
        count++;
      }
    }
    return count;
  }

  private static ColumnText column(TableElement element) {
    List<Token> all = Lexer.tokens(element.text());
    boolean old =
        all.stream().anyMatch(t -> t.kind() == Token.Kind.COMMENT && t.text().contains("old"));
    List<Token> words = all.stream().filter(Token::matters).toList();
    StringBuilder type = new StringBuilder(words.get(1).text().toLowerCase(Locale.ROOT));
    int at = 2;
    if (at < words.size() && words.get(at).isSymbol('(')) {
      do {
        type.append(words.get(at).text());
      } while (!words.get(at++).isSymbol(')'));
    }
    boolean unsigned = false;
    boolean zerofill = false;
    while (at < words.size() && (words.get(at).is("UNSIGNED") || words.get(at).is("ZEROFILL"))) {
      unsigned = true;
      zerofill |= words.get(at).is("ZEROFILL");
      at++;
    }
    return new ColumnText(
        element.name(), type.toString(), unsigned, zerofill, generated(words, at), old);
  }

  /** Computed, and not the bound of a row's life. */
  private static boolean generated(List<Token> words, int from) {
    for (int i = from; i + 1 < words.size(); i++) {
      if (words.get(i).is("AS")) {
        return !words.get(i + 1).is("ROW");
      }
    }
    return false;
  }
}
