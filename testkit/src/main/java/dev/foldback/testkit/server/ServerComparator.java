package dev.foldback.testkit.server;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An independent judge: are two servers of the same kind equal? It shares no code with what it
 * judges. It compares what information_schema and SHOW CREATE say, every column of every row,
 * history included, accounts, other objects of the server as a whole, and what the server's own
 * dump tool writes.
 */
public final class ServerComparator {
  private static final String FOREIGN =
      "select schema_name from information_schema.schemata where schema_name not in"
          + " ('mysql', 'sys', 'information_schema', 'performance_schema')";

  private final Scope scope;
  private final List<String> differences = new ArrayList<>();

  private ServerComparator(Scope scope) {
    this.scope = scope;
  }

  /** Each difference in words; none where the servers are equal. */
  public static List<String> compare(TestServer left, TestServer right, Scope scope)
      throws SQLException, IOException {
    ServerComparator comparator = new ServerComparator(scope);
    try (Side l = new Side(left);
        Side r = new Side(right)) {
      comparator.compare(l, r);
    }
    return List.copyOf(comparator.differences);
  }

  /** Fails with every difference named. */
  public static void assertEqual(TestServer left, TestServer right, Scope scope)
      throws SQLException, IOException {
    List<String> found = compare(left, right, scope);
    if (!found.isEmpty()) {
      throw new AssertionError(
          found.size()
              + " differences between left "
              + left
              + " and right "
              + right
              + ":\n"
              + String.join("\n", found));
    }
  }

  /**
   * Whether the dump tool is part of the verdict: MySQL 8.0 has that of 9.7, and none where 9.7 is
   * not on this machine.
   */
  public static boolean judgesByDumpTool(TestServer server) {
    return !server.dumpTool().isEmpty();
  }

  private void compare(Side left, Side right) throws SQLException, IOException {
    TreeSet<String> schemas = new TreeSet<>(left.column(FOREIGN));
    if (scope.schemas().isEmpty()) {
      sameSchemas(schemas, new TreeSet<>(right.column(FOREIGN)));
    } else {
      schemas.retainAll(scope.schemas());
    }
    for (String schema : schemas) {
      compareSchema(left, right, schema, scope.renames().getOrDefault(schema, schema));
    }
    if (scope.accounts()) {
      differences.addAll(Accounts.of(left).differences("account", Accounts.of(right)));
      differences.addAll(ServerObjects.of(left).differences("server", ServerObjects.of(right)));
    }
    if (judgesByDumpTool(left.server()) && scope.renames().isEmpty() && !schemas.isEmpty()) {
      List<String> names = List.copyOf(schemas);
      differences.addAll(Dump.of(left, names).differences("dump", Dump.of(right, names)));
    }
  }

  private void sameSchemas(Set<String> left, Set<String> right) {
    Bag l = new Bag();
    Bag r = new Bag();
    left.forEach(s -> l.add(scope.renames().getOrDefault(s, s)));
    right.forEach(r::add);
    differences.addAll(l.differences("schema", r));
  }

  private void compareSchema(Side left, Side right, String schema, String there)
      throws SQLException {
    Map<String, Bag> rightFacts = Facts.of(right, there, there);
    for (Map.Entry<String, Bag> fact : Facts.of(left, schema, there).entrySet()) {
      Bag other = rightFacts.getOrDefault(fact.getKey(), new Bag());
      differences.addAll(fact.getValue().differences(schema + " " + fact.getKey(), other));
    }
    List<String> rightTables = tables(right, there);
    for (String table : tables(left, schema)) {
      if (rightTables.contains(table)) {
        compareRows(left, right, schema, there, table);
      }
    }
  }

  private void compareRows(Side left, Side right, String schema, String there, String table)
      throws SQLException {
    TableRows l = new TableRows(left, schema, table);
    TableRows r = new TableRows(right, there, table);
    if (!l.sum().equals(r.sum())) {
      differences.addAll(l.bag().differences("row of " + schema + "." + table, r.bag()));
    }
  }

  private static List<String> tables(Side side, String schema) throws SQLException {
    return side.column(
        "select table_name from information_schema.tables where table_type in"
            + " ('BASE TABLE', 'SYSTEM VERSIONED') and table_schema = "
            + Side.text(schema));
  }
}
