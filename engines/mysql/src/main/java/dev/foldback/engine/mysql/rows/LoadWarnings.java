package dev.foldback.engine.mysql.rows;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The session is not strict, so that every value that a server can hold can be stored again; in
 * turn any warning means that a value was changed. One is harmless: storing the index 0 of an ENUM,
 * which is what the column holds where an invalid value was stored once. The server lists a limited
 * number of warnings; above it the ENUM columns are counted.
 */
final class LoadWarnings {
  private static final int TRUNCATED = 1265;
  private static final int ABOVE_PACKET = 1301;

  /** MySQL 9 says so of a session that filled a MyISAM table before; it says nothing of values. */
  private static final String TWO_ENGINES = "Combining the storage engines ";

  private final List<String> enums = new ArrayList<>();
  private long listed;
  private long total;

  private LoadWarnings(TableDefinition table) {
    for (ColumnLayout column : table.columns()) {
      if (column.encoding() == ColumnLayout.Encoding.INDEX && column.type().startsWith("enum")) {
        enums.add(column.name());
      }
    }
  }

  /** Fails where the statement before on this connection changed a value. */
  static void check(Connection connection, TableDefinition table, TableName actual)
      throws SQLException {
    LoadWarnings warnings = new LoadWarnings(table);
    try (Statement statement = connection.createStatement()) {
      warnings.list(statement, actual);
      if (warnings.total > warnings.listed && warnings.zeros(statement, actual) < warnings.total) {
        throw failed(actual, warnings.total + " warnings, more than the server lists");
      }
    }
  }

  private void list(Statement statement, TableName actual) throws SQLException {
    try (ResultSet count = statement.executeQuery("SHOW COUNT(*) WARNINGS")) {
      count.next();
      total = count.getLong(1);
    }
    if (total == 0) {
      return;
    }
    try (ResultSet rows = statement.executeQuery("SHOW WARNINGS")) {
      while (rows.next()) {
        listed++;
        String message = rows.getString(3);
        if (rows.getInt(2) == ABOVE_PACKET) {
          throw TooLarge.of("loading " + actual, message, null);
        }
        if (!rows.getString(1).equalsIgnoreCase("Note") && !harmless(rows.getInt(2), message)) {
          throw failed(actual, message);
        }
      }
    }
  }

  private boolean harmless(int code, String message) {
    if (message.startsWith(TWO_ENGINES)) {
      return true;
    }
    return code == TRUNCATED && enums.stream().anyMatch(e -> message.contains("'" + e + "'"));
  }

  private long zeros(Statement statement, TableName actual) throws SQLException {
    long zeros = 0;
    for (String column : enums) {
      String sql =
          "SELECT COUNT(*) FROM "
              + Sql.name(actual.schema(), actual.table())
              + " WHERE "
              + Sql.name(column)
              + "=0";
      try (ResultSet count = statement.executeQuery(sql)) {
        count.next();
        zeros += count.getLong(1);
      }
    }
    return zeros;
  }

  private static FoldbackException failed(TableName actual, String message) {
    return new FoldbackException(
        ErrorCode.LOAD_FAILED,
        "loading " + actual + " would change a value: " + message,
        "The table on the target differs from the one that was backed up, or the target's version"
            + " can't hold the value. Exclude the table to restore the others.");
  }
}
