package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a view's definition, as SHOW CREATE VIEW prints it, refers to. */
public final class ViewStatement {
  private final List<Token> words;
  private final String schema;
  private final Map<String, TableName> aliases = new LinkedHashMap<>();
  private final Map<TableName, List<String>> tables = new LinkedHashMap<>();

  private ViewStatement(String sql, String schema) {
    this.words = Lexer.tokens(sql).stream().filter(Token::matters).toList();
    this.schema = schema;
  }

  /**
   * The tables after FROM and JOIN, each with the columns that the view takes from it.
   *
   * @param schema of names without one
   */
  public static Map<TableName, List<String>> tables(String sql, String schema) {
    ViewStatement view = new ViewStatement(sql, schema);
    view.readTables();
    view.readColumns();
    return view.tables;
  }

  /**
   * The stored functions that the view calls, each with the number of its arguments. The server
   * quotes their names and no others that a parenthesis follows.
   */
  public static Map<TableName, Integer> functions(String sql, String schema) {
    List<Token> words = new ViewStatement(sql, schema).words;
    Map<TableName, Integer> functions = new LinkedHashMap<>();
    int head = 0;
    while (head < words.size() && !words.get(head).is("SELECT")) {
      head++;
    }
    for (int i = head + 1; i + 1 < words.size(); i++) {
      if (words.get(i).kind() == Token.Kind.NAME && words.get(i + 1).isSymbol('(')) {
        boolean qualified = words.get(i - 1).isSymbol('.');
        functions.put(
            new TableName(qualified ? words.get(i - 2).name() : schema, words.get(i).name()),
            arguments(words, i + 2));
      }
    }
    return functions;
  }

  /** How many expressions stand before the parenthesis that closes. */
  private static int arguments(List<Token> words, int from) {
    int count = from < words.size() && words.get(from).isSymbol(')') ? 0 : 1;
    int depth = 0;
    for (int i = from; i < words.size() && depth >= 0; i++) {
      depth += words.get(i).isSymbol('(') ? 1 : words.get(i).isSymbol(')') ? -1 : 0;
      count += depth == 0 && words.get(i).isSymbol(',') ? 1 : 0;
    }
    return count;
  }

  private void readTables() {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).kind() != Token.Kind.NAME || !inFrom(i - 1)) {
        continue;
      }
      boolean qualified = pair(i);
      TableName table =
          qualified
              ? new TableName(words.get(i).name(), words.get(i + 2).name())
              : new TableName(schema, words.get(i).name());
      int next = qualified ? i + 3 : i + 1;
      boolean alias = next < words.size() && words.get(next).kind() == Token.Kind.NAME;
      aliases.put(alias ? words.get(next).name() : table.table(), table);
      tables.put(table, new ArrayList<>());
      i = next - 1;
    }
  }

  /** Whether what follows is a table: after FROM or JOIN and any parentheses. */
  private boolean inFrom(int at) {
    int i = at;
    while (i > 0 && words.get(i).isSymbol('(')) {
      i--;
    }
    Token word = words.get(i);
    return word.is("FROM") || word.is("JOIN") || word.is("STRAIGHT_JOIN");
  }

  private void readColumns() {
    for (int i = 0; i + 2 < words.size(); i++) {
      if (!pair(i) || (i > 0 && words.get(i - 1).isSymbol('.'))) {
        continue;
      }
      int column = pair(i + 2) ? i + 4 : i + 2;
      TableName table =
          column == i + 4
              ? new TableName(words.get(i).name(), words.get(i + 2).name())
              : aliases.get(words.get(i).name());
      List<String> columns = table == null ? null : tables.get(table);
      String name = words.get(column).name();
      if (columns != null && columns.stream().noneMatch(name::equalsIgnoreCase)) {
        columns.add(name);
      }
    }
  }

  private boolean pair(int i) {
    return i + 2 < words.size()
        && words.get(i).kind() == Token.Kind.NAME
        && words.get(i + 1).isSymbol('.')
        && words.get(i + 2).kind() == Token.Kind.NAME;
  }
}
