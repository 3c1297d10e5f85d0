package dev.foldback.engine.mysql.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small questions to a server. Column labels are in lower case: they differ between versions. */
final class Queries {
  private Queries() {}

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static List<Map<String, @Nullable String>> rows(Connection connection, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<Map<String, @Nullable String>> rows = new ArrayList<>();
      while (result.next()) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          String label = result.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT);
          row.put(label, result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** The first column of the first row; empty where there is none or it is NULL. */
  static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      String value = result.next() ? result.getString(1) : null;
      return value == null ? "" : value;
    }
  }

  /** Name and value, names in lower case, of {@code SHOW … STATUS} or {@code SHOW … VARIABLES}. */
  static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      Map<String, String> pairs = new LinkedHashMap<>();
      while (result.next()) {
        String value = result.getString(2);
        pairs.put(result.getString(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
      }
      return pairs;
    }
  }
}
