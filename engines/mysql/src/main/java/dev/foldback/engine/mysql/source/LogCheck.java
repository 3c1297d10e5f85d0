package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at what capturing the log needs and names each thing that is missing, with its remedy. */
final class LogCheck {
  private final Connection connection;
  private final ServerFacts facts;
  private final List<Finding> findings = new ArrayList<>();

  LogCheck(Connection connection, ServerFacts facts) {
    this.connection = connection;
    this.facts = facts;
  }

  List<Finding> run() throws SQLException {
    if (!facts.keepsLog()) {
      error(
          "log_bin",
          "the server keeps no binary log, so nothing can be captured",
          "Put 'log_bin=binlog' and a unique 'server_id' below [mysqld] in its configuration and"
              + " restart it.");
      return findings;
    }
    rights();
    format();
    images();
    filters();
    replica();
    return List.copyOf(findings);
  }

  private void rights() {
    boolean mariaDb = facts.flavor().mariaDb();
    if (!facts.grants().has("REPLICATION SLAVE")) {
      missing("REPLICATION SLAVE", "the log can't be read without it");
    }
    String status = mariaDb ? "BINLOG MONITOR" : "REPLICATION CLIENT";
    if (!facts.grants().has(status, "REPLICATION CLIENT", "SUPER")) {
      missing(status, "which files the log has and where it ends can't be seen without it");
    }
  }

  private void missing(String right, String message) {
    findings.add(
        Finding.error(
            ErrorCode.PRIVILEGE_MISSING.code(),
            "account " + facts.grants().account(),
            "the right " + right + " is missing: " + message,
            "GRANT " + right + " ON *.* TO " + facts.grants().account()));
  }

  private void format() {
    String format = facts.variable("binlog_format");
    if (!format.isEmpty() && !format.equals("ROW")) {
      error(
          "binlog_format",
          "is "
              + format
              + ": the log holds statements in place of rows, and what they changed"
              + " can't be told from them",
          "SET GLOBAL binlog_format=ROW, put 'binlog_format=ROW' below [mysqld] too, and let"
              + " clients connect anew: sessions keep the setting that they began with.");
    }
  }

  private void images() {
    String image = facts.variable("binlog_row_image");
    if (image.startsWith("MINIMAL") || image.startsWith("NOBLOB")) {
      findings.add(
          Finding.info(
              "setting",
              "binlog_row_image",
              "is "
                  + image
                  + ": columns that the log leaves out are taken from the row before, so"
                  + " a snapshot is needed before the first change"));
    }
    if (facts.variable("binlog_row_value_options").contains("PARTIAL_JSON")) {
      findings.add(
          Finding.info(
              "setting",
              "binlog_row_value_options",
              "is PARTIAL_JSON: documents are put together from the row before"));
    }
    String metadata = facts.variable("binlog_row_metadata");
    if (!metadata.isEmpty() && !metadata.equals("FULL")) {
      findings.add(
          Finding.info(
              "setting",
              "binlog_row_metadata",
              "is "
                  + metadata
                  + ": the log names no columns; with SET GLOBAL"
                  + " binlog_row_metadata=FULL it explains itself"));
    }
  }

  private void filters() throws SQLException {
    String sql =
        facts.flavor().mySqlAtLeast(8, 2, 0) ? "show binary log status" : "show master status";
    for (Map<String, @Nullable String> row : rows(sql)) {
      for (String filter : List.of("binlog_do_db", "binlog_ignore_db")) {
        String value = row.get(filter);
        if (value != null && !value.isEmpty()) {
          findings.add(
              Finding.warning(
                  "setting",
                  filter,
                  "is "
                      + value
                      + ": changes that it keeps out of the log can't be captured, and a"
                      + " restore to a moment lacks them",
                  "Remove " + filter + " from the server's configuration and restart it."));
        }
      }
    }
  }

  /** A replica that does not log what it applies has a log that lacks most changes. */
  private void replica() throws SQLException {
    String setting =
        facts.variables().containsKey("log_replica_updates")
            ? "log_replica_updates"
            : "log_slave_updates";
    if (!facts.variable(setting).equals("OFF")) {
      return;
    }
    String sql =
        facts.flavor().mariaDb()
            ? "show all slaves status"
            : facts.flavor().mySqlAtLeast(8, 0, 22) ? "show replica status" : "show slave status";
    if (!rows(sql).isEmpty()) {
      error(
          setting,
          "is OFF, and this server is a replica: what it replicates is not in its own log",
          "Put '" + setting + "=ON' below [mysqld] and restart it, or capture its source.");
    }
  }

  private List<Map<String, @Nullable String>> rows(String sql) throws SQLException {
    try {
      return Queries.rows(connection, sql);
    } catch (SQLException e) {
      if (ServerErrors.isRightMissing(e)) {
        return List.of();
      }
      throw e;
    }
  }

  private void error(String subject, String message, String hint) {
    findings.add(Finding.error(ErrorCode.LOG_UNUSABLE.code(), subject, message, hint));
  }
}
