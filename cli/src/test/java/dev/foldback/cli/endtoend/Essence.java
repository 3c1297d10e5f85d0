package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server holds, said so that equal things read alike on both families: values in
 * hexadecimal, floats by their bits, objects by the columns of information_schema that mean the
 * same.
 */
final class Essence implements AutoCloseable {
  private static final String SERVERS_OWN =
      " not in ('mysql', 'sys', 'information_schema', 'performance_schema', 'mysql.sys',"
          + " 'mysql.session', 'mysql.infoschema', 'mariadb.sys')";

  private static final String NEVER = "2106-02-07 06:28:15.999999";

  private final Connection connection;

  Essence(TestServer server) throws SQLException {
    connection = server.connect(Map.of("sessionVariables", "time_zone='+00:00',sql_mode=''"));
  }

  /** Objects of one schema, and the accounts named, each kind as sorted lines. */
  Map<String, List<String>> objects(String schema) throws SQLException {
    Map<String, List<String>> facts = new TreeMap<>();
    String in = " where %s = '" + schema + "'";
    facts.put(
        "columns",
        lines(
            "select table_name, ordinal_position, column_name, is_nullable, if(data_type = 'json',"
                + " 'longtext', data_type), if(data_type in ('json', 'longtext'), 0,"
                + " character_maximum_length), numeric_precision, numeric_scale,"
                + " datetime_precision, if(data_type in ('json', 'longtext'), '',"
                + " character_set_name), extra like '%auto_increment%', extra like '%on update%',"
                + " extra like '%STORED GENERATED%', extra like '%VIRTUAL GENERATED%',"
                + " coalesce(column_default, 'NULL') = 'NULL' and extra not like '%GENERATED%',"
                + " column_comment from information_schema.columns"
                + in.formatted("table_schema")));
    facts.put(
        "indexes",
        lines(
            "select table_name, index_name, seq_in_index, column_name, non_unique, sub_part,"
                + " collation, index_type from information_schema.statistics"
                + in.formatted("table_schema")));
    facts.put(
        "foreign keys",
        lines(
            "select k.table_name, k.constraint_name, k.column_name, k.referenced_table_name,"
                + " k.referenced_column_name, r.update_rule in ('NO ACTION', 'RESTRICT'),"
                + " r.update_rule = 'CASCADE', r.delete_rule = 'CASCADE',"
                + " r.delete_rule = 'SET NULL' from information_schema.key_column_usage k join"
                + " information_schema.referential_constraints r on r.constraint_schema ="
                + " k.constraint_schema and r.constraint_name = k.constraint_name"
                + in.formatted("k.table_schema")));
    facts.put(
        "partitions",
        lines(
            "select table_name, partition_name, partition_method, partition_description"
                + " from information_schema.partitions"
                + in.formatted("table_schema")
                + " and partition_name is not null"));
    facts.put(
        "triggers",
        lines(
            "select trigger_name, event_manipulation, action_timing, event_object_table,"
                + " action_order, action_statement, definer, character_set_client from"
                + " information_schema.triggers"
                + in.formatted("trigger_schema")));
    facts.put(
        "routines",
        lines(
            "select routine_name, routine_type, data_type, is_deterministic, security_type,"
                + " sql_data_access, routine_definition, definer, sql_mode not like '%ORACLE%' from"
                + " information_schema.routines"
                + in.formatted("routine_schema")));
    facts.put(
        "views",
        lines(
            "select table_name, definer, security_type, check_option from"
                + " information_schema.views"
                + in.formatted("table_schema")));
    facts.put(
        "events",
        lines(
            "select event_name, event_definition, interval_value, interval_field, starts, ends,"
                + " status, on_completion, event_comment, time_zone, definer from"
                + " information_schema.events"
                + in.formatted("event_schema")));
    facts.put(
        "rights",
        lines(
            "select replace(replace(grantee, \"@'%'\", ''), \"@''\", ''), '', '', privilege_type"
                + " from information_schema.schema_privileges where table_schema = '"
                + schema
                + "' union all select replace(replace(grantee, \"@'%'\", ''), \"@''\", ''),"
                + " table_name, '', privilege_type from information_schema.table_privileges where"
                + " table_schema = '"
                + schema
                + "' union all select replace(replace(grantee, \"@'%'\", ''), \"@''\", ''),"
                + " table_name, column_name, privilege_type from"
                + " information_schema.column_privileges where table_schema = '"
                + schema
                + "' union all select concat(user, host), routine_name, '', upper(proc_priv) from"
                + " mysql.procs_priv where db = '"
                + schema
                + "'"));
    return facts;
  }

  /** Tables with rows of all schemas but the server's own. */
  List<List<String>> tables() throws SQLException {
    return rows(
        "select table_schema, table_name from information_schema.tables where table_type in"
            + " ('BASE TABLE', 'SYSTEM VERSIONED') and table_schema"
            + SERVERS_OWN
            + " order by 1, 2");
  }

  /** Everything by kind and name, as findings name it, that a restore can lose. */
  List<String> names() throws SQLException {
    List<String> names = new ArrayList<>();
    for (String part :
        List.of(
            "'table', table_schema, table_name from information_schema.tables where table_type in"
                + " ('BASE TABLE', 'SYSTEM VERSIONED') and table_schema",
            "'view', table_schema, table_name from information_schema.views where table_schema",
            "lower(routine_type), routine_schema, routine_name from information_schema.routines"
                + " where routine_schema",
            "'trigger', trigger_schema, trigger_name from information_schema.triggers where"
                + " trigger_schema",
            "'event', event_schema, event_name from information_schema.events where event_schema",
            "'account', '', concat(user, if(host in ('', '%'), '', concat('@', host))) from"
                + " mysql.user where user")) {
      for (List<String> row : rows("select " + part + SERVERS_OWN)) {
        names.add(row.get(0) + " " + (row.get(1).isEmpty() ? "" : row.get(1) + ".") + row.get(2));
      }
    }
    Collections.sort(names);
    return names;
  }

  /** All rows of a table or view, sorted. */
  List<String> values(String schema, String table) throws SQLException {
    List<String> expressions = new ArrayList<>();
    List<Boolean> floats = new ArrayList<>();
    for (List<String> column :
        rows(
            "select column_name, data_type from information_schema.columns where table_schema = "
                + text(schema)
                + " and table_name = "
                + text(table)
                + " order by ordinal_position")) {
      String type = column.get(1).toLowerCase(Locale.ROOT);
      floats.add(type.equals("float") || type.equals("double"));
      expressions.add(expression(name(column.get(0)), type));
    }
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet result =
          statement.executeQuery(
              "select "
                  + String.join(", ", expressions)
                  + " from "
                  + name(schema)
                  + "."
                  + name(table))) {
        while (result.next()) {
          values.add(line(result, floats));
        }
      }
    }
    Collections.sort(values);
    return values;
  }

  private static String line(ResultSet result, List<Boolean> floats) throws SQLException {
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= floats.size(); i++) {
      String value = result.getString(i);
      if (value != null && floats.get(i - 1)) {
        value = Long.toHexString(Double.doubleToRawLongBits(Double.parseDouble(value)));
      }
      // Where the life of a current row of a versioned table ends depends on the server's version.
      line.append(NEVER.equals(value) ? "2038-01-19 03:14:07.999999" : value).append('|');
    }
    return line.toString();
  }

  private static String expression(String column, String type) {
    return switch (type) {
      case "float", "double" -> column + " * 1e0";
      case "enum", "set" -> "concat(" + column + " + 0, ':', hex(" + column + "))";
      case "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "year",
          "date",
          "time",
          "datetime",
          "timestamp" ->
          "cast(" + column + " as char)";
      default -> "hex(" + column + ")";
    };
  }

  /** A small answer. */
  List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private List<String> lines(String sql) throws SQLException {
    return rows(sql).stream().map(List::toString).sorted().toList();
  }

  private static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
