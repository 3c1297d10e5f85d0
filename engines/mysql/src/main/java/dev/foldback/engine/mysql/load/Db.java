package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A connection to the target and the few ways in which it is used. Not for several threads. */
final class Db implements AutoCloseable {
  private final Connection connection;

  Db(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** Rows of texts; NULL is the empty text. */
  List<List<String>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          String value = result.getString(i);
          row.add(value == null ? "" : value);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** The first column of every row. */
  List<String> column(String sql) throws SQLException {
    return rows(sql).stream().map(List::getFirst).toList();
  }

  /** The only value, or the empty text where there is no row. */
  String value(String sql) throws SQLException {
    List<String> column = column(sql);
    return column.isEmpty() ? "" : column.getFirst();
  }

  /**
   * Whether the server has it.
   *
   * @param kind {@code TABLE}, which views and sequences are too, or {@code EVENT}
   */
  boolean has(String kind, TableName name) throws SQLException {
    String schema = "S WHERE " + kind + "_SCHEMA=" + Sql.text(name.schema());
    String named = " AND " + kind + "_NAME=" + Sql.text(name.table());
    String count = value("SELECT COUNT(*) FROM information_schema." + kind + schema + named);
    return !count.equals("0");
  }

  void use(String schema) throws SQLException {
    run("USE " + Sql.name(schema));
  }

  boolean isAlive() {
    try {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // A connection that can't be closed is gone already: nothing is lost with it.
    }
  }
}
