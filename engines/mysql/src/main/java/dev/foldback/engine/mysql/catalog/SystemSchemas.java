package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** What people put into the server's own schemas. It is not carried, so it is named. */
final class SystemSchemas {
  /** Tables of schema mysql, of every version of both families. */
  private static final Set<String> OWN =
      Set.of(
          "audit_log_filter",
          "audit_log_user",
          "column_stats",
          "columns_priv",
          "component",
          "db",
          "default_roles",
          "engine_cost",
          "event",
          "firewall_group_allowlist",
          "firewall_groups",
          "firewall_membership",
          "firewall_users",
          "firewall_whitelist",
          "func",
          "general_log",
          "global_grants",
          "global_priv",
          "gtid_executed",
          "gtid_slave_pos",
          "help_category",
          "help_keyword",
          "help_relation",
          "help_topic",
          "host",
          "index_stats",
          "innodb_index_stats",
          "innodb_table_stats",
          "ndb_binlog_index",
          "pam_user_map",
          "password_history",
          "plugin",
          "proc",
          "procs_priv",
          "proxies_priv",
          "replication_asynchronous_connection_failover",
          "replication_asynchronous_connection_failover_managed",
          "replication_group_configuration_version",
          "replication_group_member_actions",
          "role_edges",
          "roles_mapping",
          "server_cost",
          "servers",
          "slave_master_info",
          "slave_relay_log_info",
          "slave_worker_info",
          "slow_log",
          "spider_link_failed_log",
          "spider_link_mon_servers",
          "spider_table_crd",
          "spider_table_position_for_recovery",
          "spider_table_sts",
          "spider_tables",
          "spider_xa",
          "spider_xa_failed_log",
          "spider_xa_member",
          "table_stats",
          "tables_priv",
          "time_zone",
          "time_zone_leap_second",
          "time_zone_name",
          "time_zone_transition",
          "time_zone_transition_type",
          "transaction_registry",
          "user",
          "wsrep_allowlist",
          "wsrep_cluster",
          "wsrep_cluster_members",
          "wsrep_streaming_log");

  private SystemSchemas() {}

  static void check(Reading reading) throws SQLException {
    reading.each(
        "select schema_name from information_schema.schemata where schema_name = '"
            + OwnSchemas.RESTORE_NOTE
            + "'",
        row -> reading.add(unfinished(row.getString(1))));
    reading.each(
        "select schema_name from information_schema.schemata where left(schema_name, "
            + OwnSchemas.COPIES.length()
            + ") = '"
            + OwnSchemas.COPIES
            + "' order by 1",
        row -> reading.add(copies(row.getString(1))));
    for (String schema : new String[] {"mysql", "sys"}) {
      // Compared to the letter: where names mind case, SYS is a schema like others.
      String where = " = '" + schema + "' and cast(table_schema as binary) = '" + schema + "'";
      reading.each(
          "select table_name from information_schema.tables where table_schema"
              + where
              + " and table_type = 'BASE TABLE' order by table_name",
          row -> {
            String name = row.getString(1).toLowerCase(Locale.ROOT);
            if (!OWN.contains(name) && !name.equals("sys_config")) {
              add(reading, "table", schema, row.getString(1));
            }
          });
      // The server's own programs belong to its own accounts.
      own(reading, "view", schema, "table_name", "views", "table_schema");
      own(reading, "routine", schema, "routine_name", "routines", "routine_schema");
      own(reading, "trigger", schema, "trigger_name", "triggers", "trigger_schema");
      own(reading, "event", schema, "event_name", "events", "event_schema");
    }
  }

  /** Brought to another server, the note would speak of a restore that was never made there. */
  private static Finding unfinished(String schema) {
    return Finding.info(
        "restore-unfinished",
        "schema " + schema,
        "is the note of a restore to this server that did not end; it is not part of a backup, and"
            + " what that restore left may be half loaded");
  }

  private static Finding copies(String schema) {
    return Finding.info(
        "restore-unfinished",
        "schema " + schema,
        "holds copies that a restore to this server works on, or did when it was killed; it is not"
            + " part of a backup, and the next such restore removes it where nobody uses it");
  }

  private static void own(
      Reading reading, String kind, String schema, String name, String from, String column)
      throws SQLException {
    reading.each(
        "select "
            + name
            + " from information_schema."
            + from
            + " where "
            + column
            + " = '"
            + schema
            + "' and cast("
            + column
            + " as binary) = '"
            + schema
            + "' and definer not in ('mysql.sys@localhost', 'mariadb.sys@localhost') order by 1",
        row -> add(reading, kind, schema, row.getString(1)));
  }

  private static void add(Reading reading, String kind, String schema, String name) {
    reading.add(
        Finding.warning(
            "not-carried",
            kind + " " + schema + "." + name,
            "is in a schema of the server itself, which is not part of a backup",
            "Move it to a schema of its own."));
  }
}
