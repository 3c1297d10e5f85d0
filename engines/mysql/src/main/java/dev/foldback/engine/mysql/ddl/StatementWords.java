package dev.foldback.engine.mysql.ddl;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What kind of statement a text is, by its keywords. */
public final class StatementWords {
  private static final Set<String> CHANGES_ROWS =
      Set.of(
          "INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "CALL", "DO", "SELECT", "WITH", "BINLOG",
          "HANDLER", "TABLE", "VALUES", "EXECUTE");

  private final List<Token> words;

  /**
   * @param sqlMode that the statement was written under
   */
  public StatementWords(String sql, String sqlMode) {
    this.words =
        Lexer.tokens(sql, sqlMode).stream()
            .filter(t -> t.matters() && t.kind() != Token.Kind.VERSIONED_OPEN)
            .filter(t -> t.kind() != Token.Kind.VERSIONED_CLOSE && !t.isSymbol(';'))
            .toList();
  }

  /** Whether it changes rows as only a server could tell. */
  public boolean changesRows() {
    return CHANGES_ROWS.contains(word(0)) || (isCreateTable() && fillsIt());
  }

  /** The first word, in capitals; empty where there is none. */
  public String first() {
    return word(0);
  }

  /** Whether it deletes all rows of one table and does no more. */
  public boolean emptiesTable() {
    int name = 2;
    boolean qualified = words.size() == name + 3 && words.get(name + 1).isSymbol('.');
    return word(0).equals("DELETE")
        && word(1).equals("FROM")
        && (words.size() == name + 1 || qualified);
  }

  private boolean isCreateTable() {
    if (!word(0).equals("CREATE")) {
      return false;
    }
    int i = word(1).equals("OR") ? 3 : 1;
    return word(i).equals("TABLE") || (word(i).equals("TEMPORARY") && word(i + 1).equals("TABLE"));
  }

  private boolean fillsIt() {
    int depth = 0;
    for (int i = 0; i < words.size(); i++) {
      Token token = words.get(i);
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      } else if (token.is("SELECT")) {
        return true;
      } else if (depth == 0 && (token.is("VALUES") && word(i + 1).equals("ROW"))) {
        return true;
      }
    }
    return false;
  }

  private String word(int index) {
    return index < words.size() && words.get(index).kind() == Token.Kind.WORD
        ? words.get(index).text().toUpperCase(Locale.ROOT)
        : "";
  }
}
