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

  /** An event's definition with DISABLE turned to ENABLE. */
  public String wokenEvent() {
    for (int i = 1; i < words.size() && !words.get(i).is("DO"); i++) {
      if (words.get(i).is("DISABLE")) {
        return sql.substring(0, words.get(i).start())
            + "ENABLE"
            + sql.substring(words.get(i).end());
      }
    }
    return sql;
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

  /**
   * A statement that makes or alters an event, so that the event does not run: with DISABLE in its
   * head. Other statements stay as they are.
   */
  public String sleepingEvent() {
    int event = eventAt();
    if (event < 0) {
      return sql;
    }
    int end = event;
    int depth = 0;
    while (end < words.size() && !(depth == 0 && words.get(end).is("DO"))) {
      depth += words.get(end).isSymbol('(') ? 1 : words.get(end).isSymbol(')') ? -1 : 0;
      end++;
    }
    for (int i = event; i < end; i++) {
      if (words.get(i).is("ENABLE")) {
        return sql.substring(0, words.get(i).start())
            + "DISABLE"
            + sql.substring(words.get(i).end());
      }
      if (words.get(i).is("DISABLE")) {
        return sql;
      }
    }
    int before = end;
    for (int i = event; i + 1 < end; i++) {
      if (words.get(i).is("COMMENT") && words.get(i + 1).kind() == Token.Kind.STRING) {
        before = i;
      }
    }
    return before < words.size()
        ? sql.substring(0, words.get(before).start())
            + "DISABLE "
            + sql.substring(words.get(before).start())
        : sql + " DISABLE";
  }

  /**
   * What a statement about an event says of whether it is to run: ENABLE or DISABLE; for one that
   * makes it without a word ENABLE; empty where the statement leaves that as it was, or is about
   * something else.
   */
  public Optional<String> eventState() {
    int event = eventAt();
    if (event < 0) {
      return Optional.empty();
    }
    for (int i = event; i < words.size() && !words.get(i).is("DO"); i++) {
      if (words.get(i).is("ENABLE") || words.get(i).is("DISABLE")) {
        return Optional.of(words.get(i).text().toUpperCase(java.util.Locale.ROOT));
      }
    }
    return words.get(0).is("CREATE") ? Optional.of("ENABLE") : Optional.empty();
  }

  /** The event that a statement makes or alters. */
  public Optional<TableName> event(String schema) {
    int event = eventAt();
    if (event < 0) {
      return Optional.empty();
    }
    int name = event + 1;
    while (name < words.size()
        && (words.get(name).is("IF")
            || words.get(name).is("NOT")
            || words.get(name).is("EXISTS"))) {
      name++;
    }
    return Optional.of(nameAt(name, schema));
  }

  /** The name that an ALTER EVENT gives it. */
  public Optional<TableName> eventRename(String schema) {
    for (int i = eventAt(); i >= 0 && i + 2 < words.size() && !words.get(i).is("DO"); i++) {
      if (words.get(i).is("RENAME") && words.get(i + 1).is("TO")) {
        return Optional.of(nameAt(i + 2, schema));
      }
    }
    return Optional.empty();
  }

  private TableName nameAt(int at, String schema) {
    return nameEnd(at) == at
        ? new TableName(schema, words.get(at).name())
        : new TableName(words.get(at).name(), words.get(at + 2).name());
  }

  /** The word EVENT of a statement that makes or alters one, or -1. */
  private int eventAt() {
    if (words.isEmpty() || !(words.get(0).is("CREATE") || words.get(0).is("ALTER"))) {
      return -1;
    }
    int definer = definer();
    int at = definer >= 0 ? definerEnd(definer) + 1 : words.get(1).is("OR") ? 3 : 1;
    return at < words.size() && words.get(at).is("EVENT") ? at : -1;
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
    return comment()
        .map(
            text ->
                sql.substring(0, text.start()) + unescaped(text.text()) + sql.substring(text.end()))
        .orElse(sql);
  }

  /** The text after COMMENT in the head. */
  private Optional<Token> comment() {
    int depth = 0;
    for (int i = 1; i + 1 < words.size(); i++) {
      depth += words.get(i).isSymbol('(') ? 1 : words.get(i).isSymbol(')') ? -1 : 0;
      if (depth == 0 && words.get(i).isAny(BODY)) {
        break;
      }
      Token text = words.get(i + 1);
      if (depth == 0 && words.get(i).is("COMMENT") && text.kind() == Token.Kind.STRING) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
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

  /**
   * With the names, definer and comment of its head as given. The server prints a head in UTF-8 and
   * a body in the client's character set, and calls both the client's.
   *
   * @param kind in upper case, such as {@code PACKAGE BODY}
   * @param definer {@code user@host}; empty where the definition names none
   * @param table of a trigger; empty otherwise
   * @param comment as text; empty where there is none
   */
  public static String withHead(
      String sql,
      String sqlMode,
      String kind,
      String name,
      String definer,
      String table,
      String comment) {
    ProgramStatement statement = new ProgramStatement(sql, sqlMode);
    String with = statement.replaced(statement.definer() < 0 ? "" : definer);
    with = new ProgramStatement(with, sqlMode).named(kind, name);
    if (!table.isEmpty()) {
      with = new ProgramStatement(with, sqlMode).onTable(table);
    }
    return comment.isEmpty() ? with : new ProgramStatement(with, sqlMode).withComment(comment);
  }

  private String replaced(String definer) {
    int host = definer.lastIndexOf('@');
    if (host < 0) {
      return sql;
    }
    int at = definer();
    return sql.substring(0, words.get(at + 2).start())
        + Sql.name(definer.substring(0, host))
        + "@"
        + Sql.name(definer.substring(host + 1))
        + sql.substring(words.get(definerEnd(at)).end());
  }

  private String named(String kind, String name) {
    String last = kind.substring(kind.lastIndexOf(' ') + 1);
    int at = find(last, 0) + 1;
    int first = words.get(at).is("IF") ? at + 3 : at;
    Token word = words.get(nameEnd(first));
    return sql.substring(0, word.start()) + Sql.name(name) + sql.substring(word.end());
  }

  private String onTable(String table) {
    Token word = words.get(nameEnd(find("ON", find("TRIGGER", 0)) + 1));
    return sql.substring(0, word.start()) + Sql.name(table) + sql.substring(word.end());
  }

  private String withComment(String comment) {
    return comment()
        .map(
            text ->
                sql.substring(0, text.start())
                    + "'"
                    + comment.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n")
                    + "'"
                    + sql.substring(text.end()))
        .orElse(sql);
  }

  /**
   * An event's definition without ON COMPLETION NOT PRESERVE, which is the default: under
   * HIGH_NOT_PRECEDENCE MySQL's grammar does not take these words.
   */
  public String withoutNotPreserve() {
    for (int i = 1; i + 3 < words.size() && !words.get(i).is("DO"); i++) {
      if (words.get(i).is("ON")
          && words.get(i + 1).is("COMPLETION")
          && words.get(i + 2).is("NOT")
          && words.get(i + 3).is("PRESERVE")) {
        return sql.substring(0, words.get(i).start()) + sql.substring(words.get(i + 3).end());
      }
    }
    return sql;
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
