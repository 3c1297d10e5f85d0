package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a server's binary log stands. */
final class Positions {
  private Positions() {}

  /**
   * The place of the snapshot that this connection's transaction reads, as MariaDB and Percona
   * Server tell it; empty where it has none. Only Percona tells the GTIDs with it.
   */
  static Optional<Position.Binlog> ofSnapshot(Connection reader) throws SQLException {
    Map<String, String> status =
        Queries.pairs(reader, "show session status like 'binlog_snapshot_%'");
    String file = status.getOrDefault("binlog_snapshot_file", "");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    long offset = Long.parseLong(status.getOrDefault("binlog_snapshot_position", "0"));
    String gtids = status.getOrDefault("binlog_snapshot_gtid_executed", "").replace("\n", "");
    return Optional.of(new Position.Binlog(file, offset, gtids));
  }

  /** Adds the GTIDs, which MariaDB finds in the log itself. */
  static Position.Binlog withGtids(Connection connection, Position.Binlog place)
      throws SQLException {
    String gtids =
        Queries.one(
            connection,
            "select binlog_gtid_pos(" + Sql.text(place.file()) + "," + place.offset() + ")");
    return new Position.Binlog(place.file(), place.offset(), gtids);
  }

  /** The end of the log. Exact only while a lock keeps transactions from committing. */
  static Position ofServer(Connection connection, ServerFacts facts) throws SQLException {
    if (!facts.keepsLog()) {
      return new Position.None();
    }
    List<Map<String, @Nullable String>> rows;
    try {
      rows = Queries.rows(connection, statement(facts));
    } catch (SQLException e) {
      if (!ServerErrors.isRightMissing(e) || facts.flavor().mariaDb()) {
        throw e;
      }
      return ofLogStatus(connection);
    }
    if (rows.isEmpty()) {
      return new Position.None();
    }
    Map<String, @Nullable String> row = rows.getFirst();
    String gtids =
        facts.flavor().mariaDb()
            ? Queries.one(connection, "select @@global.gtid_binlog_pos")
            : text(row.get("executed_gtid_set")).replace("\n", "");
    return new Position.Binlog(
        text(row.get("file")), Long.parseLong(text(row.get("position"))), gtids);
  }

  static String statement(ServerFacts facts) {
    return facts.flavor().mySqlAtLeast(8, 2, 0) ? "show binary log status" : "show master status";
  }

  /** MySQL's way for accounts with BACKUP_ADMIN but without REPLICATION CLIENT. */
  private static Position ofLogStatus(Connection connection) throws SQLException {
    List<Map<String, @Nullable String>> rows =
        Queries.rows(
            connection,
            "select json_unquote(json_extract(local, '$.binary_log_file')) as file,"
                + " json_extract(local, '$.binary_log_position') as position,"
                + " json_unquote(json_extract(local, '$.gtid_executed')) as gtids"
                + " from performance_schema.log_status");
    if (rows.isEmpty()) {
      throw new FoldbackException(
          ErrorCode.PRIVILEGE_MISSING,
          "the position of the binary log can't be read, so nothing could follow the snapshot",
          "GRANT REPLICATION CLIENT ON *.* to the account.");
    }
    Map<String, @Nullable String> row = rows.getFirst();
    return new Position.Binlog(
        text(row.get("file")),
        Long.parseLong(text(row.get("position"))),
        text(row.get("gtids")).replace("\n", ""));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
