package dev.foldback.engine.mysql.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a server says of everything that it holds, by statements that are not the reader's: for the
 * comparison of two servers.
 */
final class Showing {
  private static final String OWN = "('mysql','sys','performance_schema','information_schema')";

  private static final Set<Integer> NOT_LOADED = Set.of(1133, 1141);

  private final Connection connection;
  private final Map<String, String> shown = new TreeMap<>();

  private Showing(Connection connection) {
    this.connection = connection;
  }

  /** Every SHOW CREATE, and the tables of rights, by name. Times of creation are left out. */
  static Map<String, String> everything(Connection connection, boolean mariaDb)
      throws SQLException {
    Showing showing = new Showing(connection);
    showing.programs();
    showing.rights(mariaDb);
    return showing.shown;
  }

  private void programs() throws SQLException {
    each(
        "DATABASE",
        "SELECT '', schema_name FROM information_schema.schemata WHERE schema_name NOT IN " + OWN);
    each(
        "TABLE",
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type NOT IN"
            + " ('VIEW', 'SEQUENCE') AND table_schema NOT IN "
            + OWN);
    each(
        "VIEW",
        "SELECT table_schema, table_name FROM information_schema.views WHERE table_schema NOT IN "
            + OWN);
    each(
        "SEQUENCE",
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type ="
            + " 'SEQUENCE'");
    for (String[] row :
        rows(
            "SELECT routine_type, routine_schema, routine_name FROM information_schema.routines"
                + " WHERE routine_schema NOT IN "
                + OWN)) {
      show(row[0], row[1], row[2]);
    }
    each(
        "TRIGGER",
        "SELECT trigger_schema, trigger_name FROM information_schema.triggers WHERE trigger_schema"
            + " NOT IN "
            + OWN);
    each("EVENT", "SELECT event_schema, event_name FROM information_schema.events");
    query(
        "trigger order",
        "SELECT trigger_schema, event_object_table, action_timing, event_manipulation,"
            + " action_order, trigger_name, definer FROM information_schema.triggers WHERE"
            + " trigger_schema NOT IN "
            + OWN
            + " ORDER BY 1, 2, 3, 4, 5");
    query(
        "events",
        "SELECT event_schema, event_name, definer, time_zone, sql_mode, status, starts, ends,"
            + " execute_at, on_completion FROM information_schema.events ORDER BY 1, 2");
    query("servers", "SELECT * FROM mysql.servers ORDER BY 1");
  }

  private void rights(boolean mariaDb) throws SQLException {
    String users =
        mariaDb
            ? "SELECT user, host FROM mysql.global_priv WHERE host <> ''"
            : "SELECT user, host FROM mysql.user";
    for (String[] account : rows(users)) {
      if (!account[0].equals("tester")) {
        String name = "`" + account[0].replace("`", "``") + "`@`" + account[1] + "`";
        query("user " + name, "SHOW CREATE USER " + name);
        query("grants " + name, "SHOW GRANTS FOR " + name);
      }
    }
    String noTester = " WHERE user <> 'tester' ORDER BY 1, 2, 3, 4, 5";
    query("db", "SELECT * FROM mysql.db" + noTester);
    query(
        "tables_priv",
        "SELECT host, db, user, table_name, table_priv, column_priv FROM mysql.tables_priv"
            + noTester);
    query(
        "columns_priv",
        "SELECT host, db, user, table_name, column_name, column_priv FROM mysql.columns_priv"
            + noTester);
    query(
        "procs_priv",
        "SELECT host, db, user, routine_name, routine_type, proc_priv FROM mysql.procs_priv"
            + noTester);
    if (mariaDb) {
      query(
          "roles",
          "SELECT user, host, role, admin_option FROM mysql.roles_mapping ORDER BY 1, 2, 3, 4");
      query(
          "auth",
          "SELECT user, host, json_remove(priv, '$.password_last_changed', '$.version_id') FROM"
              + " mysql.global_priv WHERE user <> 'tester' ORDER BY 1, 2");
      query("sequence", "SELECT * FROM shop.counter");
    } else {
      query("roles", "SELECT * FROM mysql.role_edges ORDER BY 1, 2, 3, 4");
      query("default roles", "SELECT * FROM mysql.default_roles ORDER BY 1, 2, 3, 4");
      query(
          "auth",
          "SELECT user, host, hex(authentication_string), user_attributes FROM mysql.user WHERE"
              + " user <> 'tester' ORDER BY 1, 2");
      query(
          "histograms",
          "SELECT schema_name, table_name, column_name, json_remove(histogram,"
              + " '$.\"last-updated\"') FROM information_schema.column_statistics ORDER BY 1, 2,"
              + " 3");
      query(
          "tablespaces",
          "SELECT name, encryption, row_format FROM information_schema.innodb_tablespaces WHERE"
              + " space_type = 'General' ORDER BY 1");
    }
  }

  private void each(String kind, String names) throws SQLException {
    for (String[] row : rows(names)) {
      show(kind, row[0], row[1]);
    }
  }

  private void show(String kind, String schema, String name) throws SQLException {
    String quoted = "`" + name.replace("`", "``") + "`";
    String full = schema.isEmpty() ? quoted : "`" + schema.replace("`", "``") + "`." + quoted;
    query(kind + " " + full, "SHOW CREATE " + kind + " " + full);
  }

  private void query(String key, String sql) throws SQLException {
    StringBuilder text = new StringBuilder();
    try {
      for (String[] row : rows(sql)) {
        text.append(String.join(" | ", row)).append('\n');
      }
    } catch (SQLException e) {
      if (!NOT_LOADED.contains(e.getErrorCode())) {
        throw e;
      }
      text.append("an account that the server does not use");
    }
    shown.put(key, text.toString());
  }

  private List<String[]> rows(String sql) throws SQLException {
    List<String[]> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
          boolean time = rows.getMetaData().getColumnLabel(i + 1).equals("Created");
          row[i] = time ? "" : String.valueOf(rows.getString(i + 1));
        }
        all.add(row);
      }
    }
    return all;
  }
}
