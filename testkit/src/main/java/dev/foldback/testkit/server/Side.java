package dev.foldback.testkit.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of two compared servers: plain queries in a session where values print alike. */
final class Side implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 500;

  private final TestServer server;
  private final Connection connection;

  Side(TestServer server) throws SQLException {
    this.server = server;
    this.connection = server.connect();
    execute("set time_zone='+00:00', sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");
    execute("set group_concat_max_len=1000000");
    if (!server.kind().mariaDb()) {
      execute("set information_schema_stats_expiry=0, print_identified_with_as_hex=1");
    }
  }

  TestServer server() {
    return server;
  }

  boolean mariaDb() {
    return server.kind().mariaDb();
  }

  /** Takes a row: column names and values. */
  interface Rows {
    void row(List<String> names, List<@Nullable String> values) throws SQLException;
  }

  void query(String sql, Rows rows) throws SQLException {
    try (Statement statement = statement()) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet result = statement.executeQuery(sql)) {
        List<String> names = names(result.getMetaData());
        while (result.next()) {
          List<@Nullable String> values = new ArrayList<>();
          for (int i = 1; i <= names.size(); i++) {
            values.add(result.getString(i));
          }
          rows.row(names, values);
        }
      }
    }
  }

  /** All rows of a small answer. */
  List<List<@Nullable String>> all(String sql) throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    query(sql, (names, values) -> rows.add(values));
    return rows;
  }

  /** The first column of a small answer. */
  List<String> column(String sql) throws SQLException {
    return all(sql).stream().map(row -> String.valueOf(row.getFirst())).toList();
  }

  private static List<String> names(ResultSetMetaData meta) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      names.add(meta.getColumnLabel(i));
    }
    return names;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = statement()) {
      statement.execute(sql);
    }
  }

  private Statement statement() throws SQLException {
    Statement statement = connection.createStatement();
    statement.setEscapeProcessing(false);
    return statement;
  }

  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String text(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  Map<String, String> toolEnvironment() {
    return Map.of("MYSQL_PWD", server.password());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
