package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What belongs to the server as a whole, accounts apart, and what of it is not carried. */
final class ServerWide {
  private static final Set<String> OPTIONS =
      Set.of("HOST", "DATABASE", "USER", "PASSWORD", "SOCKET", "OWNER", "PORT");

  private ServerWide() {}

  static List<SchemaObject> read(Reading reading) throws SQLException {
    List<SchemaObject> objects = new ArrayList<>();
    // From MariaDB 11.6 on a server has options of any name.
    boolean open = reading.flavor().mariaDbAtLeast(11, 6, 0);
    reading
        .attempt(
            "mysql.servers",
            () ->
                reading.list(
                    "select * from mysql.servers",
                    row -> open ? openServer(reading, row) : server(row)))
        .ifPresent(objects::addAll);
    reading
        .attempt(
            "mysql.func",
            () -> reading.list("select name, ret, dl, type from mysql.func", ServerWide::function))
        .ifPresent(objects::addAll);
    plugins(reading);
    if (reading.flavor().mariaDb()) {
      reading.attempt("mysql.table_stats", () -> statistics(reading));
    } else {
      reading.attempt("mysql.component", () -> components(reading));
      reading.attempt("resource groups", () -> resourceGroups(reading)).ifPresent(objects::addAll);
      reading.attempt("persisted variables", () -> persisted(reading));
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

  private static SchemaObject openServer(Reading reading, ResultSet row) throws SQLException {
    @Nullable String json = row.getString("Options");
    if (json == null || json.isEmpty()) {
      return server(row);
    }
    String name = row.getString("Server_name");
    List<String> options =
        reading.list(
            "select o.k, json_value("
                + Sql.text(json)
                + ", concat('$.\"', o.k, '\"')) from json_table(json_keys("
                + Sql.text(json)
                + "), '$[*]' columns (k varchar(200) path '$')) o",
            o -> option(o.getString(1), o.getString(2)));
    return new SchemaObject(
        "server",
        "",
        name,
        "CREATE SERVER "
            + Sql.name(name)
            + " FOREIGN DATA WRAPPER "
            + Sql.name(row.getString("Wrapper"))
            + " OPTIONS ("
            + String.join(", ", options)
            + ")",
        Map.of());
  }

  /** Older servers and MySQL know some of them, as bare words. */
  private static String option(String name, String value) {
    String upper = name.toUpperCase(Locale.ROOT);
    boolean number = upper.equals("PORT") && value.chars().allMatch(Character::isDigit);
    return (OPTIONS.contains(upper) ? name : Sql.name(name))
        + " "
        + (number ? value : literal(value));
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

  private static List<SchemaObject> resourceGroups(Reading reading) throws SQLException {
    return reading.list(
        "select resource_group_name, resource_group_type, resource_group_enabled,"
            + " convert(vcpu_ids using utf8mb4), thread_priority"
            + " from information_schema.resource_groups"
            + " where resource_group_name not in ('USR_default', 'SYS_default') order by 1",
        row ->
            new SchemaObject(
                "resource group",
                "",
                row.getString(1),
                "CREATE RESOURCE GROUP "
                    + Sql.name(row.getString(1))
                    + " TYPE = "
                    + row.getString(2)
                    + " VCPU = "
                    + row.getString(4)
                    + " THREAD_PRIORITY = "
                    + row.getInt(5)
                    + (row.getBoolean(3) ? " ENABLE" : " DISABLE"),
                Map.of()));
  }

  /** Their values may be secrets. */
  private static boolean persisted(Reading reading) throws SQLException {
    List<String> names =
        reading.list(
            "select variable_name from performance_schema.persisted_variables order by 1",
            row -> row.getString(1));
    if (!names.isEmpty()) {
      reading.add(
          Finding.info(
              "not-carried",
              "persisted settings",
              "of the server are not part of a backup: " + String.join(", ", names)));
    }
    return true;
  }

  private static boolean statistics(Reading reading) throws SQLException {
    @Nullable String tables = reading.show("select count(*) as n from mysql.table_stats").get("n");
    if (tables != null && !tables.equals("0")) {
      reading.add(
          Finding.info(
              "not-carried",
              "mysql.table_stats",
              "holds statistics of "
                  + tables
                  + " tables, made by ANALYZE TABLE … PERSISTENT; a restored server makes its own"
                  + " when that is run there"));
    }
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
