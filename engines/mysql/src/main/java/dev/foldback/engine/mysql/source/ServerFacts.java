package dev.foldback.engine.mysql.source;

import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.frame.Hashing;
import dev.foldback.engine.mysql.connect.Flavor;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server is and how it is set up.
 *
 * @param variables global variables by name in lower case
 */
record ServerFacts(Flavor flavor, Map<String, String> variables, Grants grants) {
  private static final List<String> KEPT =
      List.of(
          "lower_case_table_names",
          "character_set_server",
          "collation_server",
          "sql_mode",
          "default_storage_engine",
          "innodb_page_size",
          "explicit_defaults_for_timestamp",
          "old_mode",
          "time_zone",
          "system_time_zone",
          "version_comment",
          "log_bin",
          "binlog_format",
          "binlog_row_image",
          "binlog_row_metadata",
          "gtid_mode",
          "max_allowed_packet");

  static ServerFacts read(Connection connection, Flavor flavor) throws SQLException {
    return new ServerFacts(
        flavor, Queries.pairs(connection, "show global variables"), Grants.read(connection));
  }

  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  boolean keepsLog() {
    return variable("log_bin").equals("ON");
  }

  ServerInfo info() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : KEPT) {
      if (variables.containsKey(name)) {
        settings.put(name, variable(name));
      }
    }
    return new ServerInfo(flavor.family(), flavor.version(), id(), settings);
  }

  /** MariaDB has no uuid of its own; its uid, or else host, port and folder, stay over restarts. */
  private String id() {
    for (String name : List.of("server_uuid", "server_uid", "feedback_server_uid")) {
      if (!variable(name).isEmpty()) {
        return variable(name);
      }
    }
    String place = variable("hostname") + ":" + variable("port") + ":" + variable("datadir");
    return Hashing.hex(Hashing.sha256().digest(place.getBytes(StandardCharsets.UTF_8)))
        .substring(0, 32);
  }
}
