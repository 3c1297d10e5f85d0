package dev.foldback.engine.mysql.ddl;

import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;
import java.util.function.BinaryOperator;

/** The REFERENCES clause of a foreign key. */
final class ForeignKeys {
  private ForeignKeys() {}

  /** Schema (empty where not written) and table that the key points to. */
  static String[] referenced(String text) {
    List<Token> words = words(text);
    int at = afterReferences(words);
    return isQualified(words, at)
        ? new String[] {words.get(at).name(), words.get(at + 2).name()}
        : new String[] {"", words.get(at).name()};
  }

  /**
   * The same clause pointing elsewhere.
   *
   * @param target from schema (empty where not written) and table to the quoted name to write
   */
  static String pointTo(String text, BinaryOperator<String> target) {
    List<Token> words = words(text);
    int at = afterReferences(words);
    int last = isQualified(words, at) ? at + 2 : at;
    String[] old = referenced(text);
    return text.substring(0, words.get(at).start())
        + target.apply(old[0], old[1])
        + text.substring(words.get(last).end());
  }

  static String qualified(String schema, String table) {
    return Sql.name(schema, table);
  }

  private static boolean isQualified(List<Token> words, int at) {
    return at + 2 < words.size() && words.get(at + 1).isSymbol('.');
  }

  private static int afterReferences(List<Token> words) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).is("REFERENCES")) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("no REFERENCES in a foreign key");
  }

  private static List<Token> words(String text) {
    return Lexer.tokens(text).stream().filter(Token::matters).toList();
  }
}
