package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes to the head of a program's definition; its body stays as it is. */
public final class ProgramStatement {
  /** Words that can't stand before a routine's or event's body. */
  private static final Set<String> BODY =
      Set.of(
          "BEGIN",
          "RETURN",
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "CALL",
          "SET",
          "IF",
          "DO",
          "DECLARE",
          "AS",
          "IS",
          "REPLACE",
          "ALTER",
          "TRUNCATE",
          "WITH");

  private final String sql;
  private final List<Token> words;

  /**
   * @param sqlMode that the statement was written under
   */
  public ProgramStatement(String sql, String sqlMode) {
    this.sql = sql;
    this.words = Lexer.tokens(sql, sqlMode).stream().filter(Token::matters).toList();
  }

  /** Without its DEFINER clause, so that whoever creates it becomes the definer. */
  public String withoutDefiner() {
    int at = definer();
    return at < 0
        ? sql
        : sql.substring(0, words.get(at).start()) + sql.substring(words.get(definerEnd(at)).end());
  }

  /** The DEFINER clause as written, {@code DEFINER=`user`@`host`}; empty where there is none. */
  public Optional<String> definerClause() {
    int at = definer();
    return at < 0
        ? Optional.empty()
        : Optional.of(sql.substring(words.get(at).start(), words.get(definerEnd(at)).end()));
  }

  /** User and host of the DEFINER clause; empty where there is none, or it names no account. */
  public Optional<List<String>> definerAccount() {
    int at = definer();
    if (at < 0 || at + 4 >= words.size() || !words.get(at + 3).isSymbol('@')) {
      return Optional.empty();
    }
    return Optional.of(List.of(words.get(at + 2).unquoted(), words.get(at + 4).unquoted()));
  }

  /** An event's definition with ENABLE turned to DISABLE; other states stay. */
  public String disabledEvent() {
    for (int i = 1; i < words.size() && !words.get(i).is("DO"); i++) {
      if (words.get(i).is("ENABLE")) {
        return sql.substring(0, words.get(i).start())
            + "DISABLE"
            + sql.substring(words.get(i).end());
      }
    }
    return sql;
  }

  /** A trigger's definition under another schema and on another table. */
  public String triggerOn(String schema, String name, TableName table) {
    int trigger = find("TRIGGER", 0);
    int on = find("ON", trigger);
    int first = words.get(trigger + 1).is("IF") ? trigger + 4 : trigger + 1;
    return sql.substring(0, words.get(first).start())
        + Sql.name(schema, name)
        + sql.substring(words.get(nameEnd(first)).end(), words.get(on + 1).start())
        + Sql.name(table.schema(), table.table())
        + sql.substring(words.get(nameEnd(on + 1)).end());
  }

  /**
   * With the comment in the head as text under NO_BACKSLASH_ESCAPES: SHOW CREATE writes it with
   * escapes whatever the mode, so under that mode backslashes would double at each restore.
   */
  public String withPlainComment() {
    int depth = 0;
    for (int i = 1; i + 1 < words.size(); i++) {
      depth += words.get(i).isSymbol('(') ? 1 : words.get(i).isSymbol(')') ? -1 : 0;
      if (depth == 0 && words.get(i).isAny(BODY)) {
        break;
      }
      Token text = words.get(i + 1);
      if (depth == 0 && words.get(i).is("COMMENT") && text.kind() == Token.Kind.STRING) {
        return sql.substring(0, text.start()) + unescaped(text.text()) + sql.substring(text.end());
      }
    }
    return sql;
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() - 1) {
        char escaped = text.charAt(++i);
        plain.append(
            switch (escaped) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case '0' -> '\0';
              case 'Z' -> '\u001a';
              default -> escaped;
            });
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private int nameEnd(int at) {
    return at + 2 < words.size() && words.get(at + 1).isSymbol('.') ? at + 2 : at;
  }

  private int find(String word, int from) {
    for (int i = from; i < words.size(); i++) {
      if (words.get(i).is(word)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no " + word + " in: " + sql);
  }

  private int definer() {
    for (int i = 1; i + 2 < Math.min(words.size(), 12); i++) {
      if (words.get(i).is("DEFINER") && words.get(i + 1).isSymbol('=')) {
        return i;
      }
    }
    return -1;
  }

  /** The last word of {@code DEFINER = user [@ host]} or {@code DEFINER = CURRENT_USER [()]}. */
  private int definerEnd(int at) {
    int end = at + 2;
    if (end + 2 < words.size()
        && (words.get(end + 1).isSymbol('@') || words.get(end + 1).isSymbol('('))) {
      end += 2;
    }
    return end;
  }
}
