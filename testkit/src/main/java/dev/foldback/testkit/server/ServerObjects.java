package dev.foldback.testkit.server;

import java.sql.SQLException;
import java.util.List;

/** What belongs to no schema, accounts apart, and what MySQL says of attributes of engines. */
final class ServerObjects {
  private static final String PLACES =
      " where table_schema not in ('mysql', 'sys', 'performance_schema', 'information_schema')";

  private static final List<String> BOTH =
      List.of(
          "select * from mysql.servers",
          "select * from mysql.func",
          "select host, user, proxied_host, proxied_user, with_grant from mysql.proxies_priv where"
              + " user <> '"
              + TestServer.USER
              + "'",
          "select * from mysql.db where user <> '" + TestServer.USER + "'",
          "select host, db, user, table_name, table_priv, column_priv from mysql.tables_priv",
          "select host, db, user, table_name, column_name, column_priv from mysql.columns_priv",
          "select host, db, user, routine_name, routine_type, proc_priv from mysql.procs_priv");

  private static final List<String> MYSQL =
      List.of(
          "select t.name, f.file_name, t.row_format, t.page_size, t.zip_page_size, t.encryption,"
              + " t.autoextend_size from information_schema.innodb_tablespaces t join"
              + " information_schema.files f on f.file_id = t.space where t.space_type = 'General'",
          "select * from information_schema.tablespaces_extensions where engine_attribute is not"
              + " null",
          "select * from information_schema.tables_extensions" + PLACES,
          "select * from information_schema.columns_extensions" + PLACES,
          "select * from information_schema.table_constraints_extensions"
              + PLACES.replace("table_schema", "constraint_schema"),
          "select * from information_schema.schemata_extensions where schema_name <>"
              + " 'foldback_restore'",
          "select * from information_schema.st_spatial_reference_systems where srs_id > 32767",
          "select resource_group_name, resource_group_type, resource_group_enabled,"
              + " hex(vcpu_ids), thread_priority from information_schema.resource_groups",
          "select * from information_schema.user_attributes where user <> '"
              + TestServer.USER
              + "'");

  private static final List<String> LIBRARIES =
      List.of(
          "select library_schema, library_name, hex(library_definition), language, sql_mode,"
              + " hex(library_comment), creator from information_schema.libraries",
          "select * from information_schema.routine_libraries");

  private ServerObjects() {}

  static Bag of(Side side) throws SQLException {
    Bag bag = new Bag();
    addAll(side, bag, BOTH);
    if (!side.mariaDb()) {
      addAll(side, bag, MYSQL);
    }
    boolean libraries =
        !side.all(
                "select table_name from information_schema.tables where table_schema ="
                    + " 'information_schema' and table_name = 'LIBRARIES'")
            .isEmpty();
    if (libraries) {
      addAll(side, bag, LIBRARIES);
    }
    return bag;
  }

  private static void addAll(Side side, Bag bag, List<String> queries) throws SQLException {
    for (String query : queries) {
      String from = query.substring(query.indexOf(" from ") + 6);
      String what = from.contains(" ") ? from.substring(0, from.indexOf(' ')) : from;
      side.query(query, (names, values) -> bag.add(what + " " + values));
    }
  }
}
