package dev.foldback.engine.mysql.ddl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a new row holds in a column that nothing was said of.
 *
 * @param text of a literal, without quotes; empty for other kinds
 */
public record ColumnDefault(Kind kind, String text) {

  /** Kinds that differ in what the value is. */
  public enum Kind {
    NULL,
    /** A text or number as it is written. */
    LITERAL,
    /** The digits of a {@code b'…'}. */
    BITS,
    /** NOT NULL without a default: what the type has for nothing, such as 0. */
    IMPLICIT,
    /** Computed for each row. */
    EXPRESSION
  }

  /**
   * By the columns' names.
   *
   * @param definition as SHOW CREATE TABLE prints it
   */
  public static Map<String, ColumnDefault> of(String definition) {
    Map<String, ColumnDefault> all = new HashMap<>();
    for (TableElement element : TableStatement.parse(definition).elements()) {
      if (element.kind() == TableElement.Kind.COLUMN) {
        all.put(element.name(), of(element));
      }
    }
    return all;
  }

  private static ColumnDefault of(TableElement column) {
    List<Token> all = Lexer.tokens(column.text());
    List<Token> words = all.stream().filter(Token::matters).toList();
    int depth = 0;
    for (int i = 0; i + 1 < words.size(); i++) {
      Token word = words.get(i);
      depth += word.isSymbol('(') ? 1 : word.isSymbol(')') ? -1 : 0;
      if (depth == 0 && word.is("DEFAULT")) {
        return written(words.subList(i + 1, words.size()));
      }
    }
    boolean filled = NotNull.in(all) || column.hasWord("AUTO_INCREMENT");
    return new ColumnDefault(filled ? Kind.IMPLICIT : Kind.NULL, "");
  }

  private static ColumnDefault written(List<Token> words) {
    Token first = words.getFirst();
    if (first.is("NULL")) {
      return new ColumnDefault(Kind.NULL, "");
    }
    if (first.kind() == Token.Kind.STRING) {
      return literal(Kind.LITERAL, first);
    }
    if (first.is("B") && words.size() > 1 && words.get(1).kind() == Token.Kind.STRING) {
      return literal(Kind.BITS, words.get(1));
    }
    StringBuilder number = new StringBuilder();
    for (Token word : words) {
      boolean part = word.isSymbol('-') || word.isSymbol('.');
      boolean digits = word.kind() == Token.Kind.WORD && Character.isDigit(word.text().charAt(0));
      if (!part && !digits) {
        break;
      }
      number.append(word.text());
    }
    return number.isEmpty()
        ? new ColumnDefault(Kind.EXPRESSION, "")
        : new ColumnDefault(Kind.LITERAL, number.toString());
  }

  private static ColumnDefault literal(Kind kind, Token quoted) {
    return new ColumnDefault(kind, unescaped(quoted.unquoted().replace("''", "'")));
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      int known = "0nrtbZ".indexOf(escaped);
      plain.append(known < 0 ? escaped : "\0\n\r\t\b\u001a".charAt(known));
    }
    return plain.toString();
  }
}
