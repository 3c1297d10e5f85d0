package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What belongs to the server as a whole, accounts apart, and what of it is not carried. */
final class ServerWide {
  private ServerWide() {}

  static List<SchemaObject> read(Reading reading) throws SQLException {
    List<SchemaObject> objects = new ArrayList<>();
    reading
        .attempt(
            "mysql.servers", () -> reading.list("select * from mysql.servers", ServerWide::server))
        .ifPresent(objects::addAll);
    reading
        .attempt(
            "mysql.func",
            () -> reading.list("select name, ret, dl, type from mysql.func", ServerWide::function))
        .ifPresent(objects::addAll);
    plugins(reading);
    if (!reading.flavor().mariaDb()) {
      reading.attempt("mysql.component", () -> components(reading));
    }
    reading.attempt("mysql.time_zone_name", () -> timeZones(reading));
    return objects;
  }

  private static SchemaObject server(ResultSet row) throws SQLException {
    String name = row.getString("Server_name");
    StringBuilder sql = new StringBuilder("CREATE SERVER ").append(Sql.name(name));
    sql.append(" FOREIGN DATA WRAPPER ").append(Sql.name(row.getString("Wrapper")));
    List<String> options = new ArrayList<>();
    for (String[] option :
        new String[][] {
          {"HOST", "Host"},
          {"DATABASE", "Db"},
          {"USER", "Username"},
          {"PASSWORD", "Password"},
          {"SOCKET", "Socket"},
          {"OWNER", "Owner"}
        }) {
      @Nullable String value = row.getString(option[1]);
      if (value != null && !value.isEmpty()) {
        options.add(option[0] + " " + literal(value));
      }
    }
    options.add("PORT " + row.getInt("Port"));
    sql.append(" OPTIONS (").append(String.join(", ", options)).append(")");
    return new SchemaObject("server", "", name, sql.toString(), Map.of());
  }

  /** CREATE SERVER takes plain literals only. */
  private static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static SchemaObject function(ResultSet row) throws SQLException {
    String name = row.getString(1);
    String returns =
        switch (row.getInt(2)) {
          case 0 -> "STRING";
          case 1 -> "REAL";
          case 2 -> "INTEGER";
          default -> "DECIMAL";
        };
    return new SchemaObject(
        "loadable function",
        "",
        name,
        "CREATE "
            + ("aggregate".equals(row.getString(4)) ? "AGGREGATE " : "")
            + "FUNCTION "
            + Sql.name(name)
            + " RETURNS "
            + returns
            + " SONAME "
            + Sql.text(row.getString(3)),
        Map.of());
  }

  private static void plugins(Reading reading) throws SQLException {
    reading.each(
        "select plugin_name, plugin_library, plugin_type from information_schema.plugins"
            + " where plugin_library is not null and plugin_status = 'ACTIVE' order by plugin_name",
        row ->
            reading.add(
                Finding.info(
                    "not-carried",
                    "plugin " + row.getString(1),
                    "is loaded here from "
                        + row.getString(2)
                        + " ("
                        + row.getString(3)
                        + "). Plugins are not part of a backup: a server that gets what needs it"
                        + " must load it itself.")));
  }

  private static boolean components(Reading reading) throws SQLException {
    reading.each(
        "select component_urn from mysql.component order by component_urn",
        row ->
            reading.add(
                Finding.info(
                    "not-carried",
                    "component " + row.getString(1),
                    "is installed here. Components are not part of a backup: a server that gets"
                        + " what needs it must install it itself.")));
    return true;
  }

  private static boolean timeZones(Reading reading) throws SQLException {
    reading.each(
        "select count(*) from mysql.time_zone_name",
        row -> {
          if (row.getLong(1) > 0) {
            reading.add(
                Finding.info(
                    "time-zones-loaded",
                    "mysql.time_zone_name",
                    "names "
                        + row.getLong(1)
                        + " time zones. They are not part of a backup: events and programs that"
                        + " use one by name need them on the server that gets them."));
          }
        });
    return true;
  }
}
