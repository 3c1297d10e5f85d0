package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.Position;
import dev.foldback.core.log.LastEvent;
import dev.foldback.core.log.LogBrokenException;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogOptions;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.log.MariaDbGtids;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds where to begin to read a server's log, and begins. */
public final class LogOpening {
  /** Where the command has no more room for an offset, a file is read from its start. */
  private static final long LARGEST_OFFSET = 0xFFFFFFFFL;

  /** Servers of people have small numbers; two replicas of one number would end each other. */
  private static final long SERVER_IDS = 0x80000000L;

  private final Connection connection;
  private final Server server;
  private final LogOptions options;

  /**
   * What is known of the server.
   *
   * @param id as {@link dev.foldback.core.engine.ServerInfo#id}
   * @param end where its log ends now
   */
  public record Server(boolean mariaDb, String id, Position end) {}

  private LogOpening(Connection connection, Server server, LogOptions options) {
    this.connection = connection;
    this.server = server;
    this.options = options;
  }

  /**
   * Begins to read. The connection is the feed's from then on.
   *
   * @param connection in the standard session
   */
  public static LogFeed open(
      Connection connection, Server server, LogStart start, LogOptions options) {
    try {
      LogOpening opening = new LogOpening(connection, server, options);
      return opening.dump(opening.known(start));
    } catch (SQLException e) {
      throw ServerErrors.failed("opening the log", e);
    }
  }

  private Known known(LogStart start) throws SQLException {
    return switch (start) {
      case LogStart.After after -> after(after.segment());
      case LogStart.At at -> at(at);
      case LogStart.Now _ -> fresh(binlog(server.end()));
    };
  }

  private static Known fresh(Position.Binlog place) {
    return new Known(place, place.offset(), Optional.empty(), "", false);
  }

  private Known after(SegmentManifest segment) throws SQLException {
    requireServer(segment.server().id());
    Position.Binlog to = binlog(segment.to());
    boolean fileEnds = segment.stretch().fileEnds();
    Optional<LastEvent> last =
        segment.stretch().last().filter(event -> event.file().equals(to.file()));
    if (fileEnds && !files().contains(to.file())) {
      // The file was stored to its end; the next one must say that it follows.
      LogPlace next = new LogPlace(next(to.file()), LogOrder.FILE_START);
      return fresh(new Position.Binlog(next.file(), next.offset(), to.gtids()));
    }
    long from = last.map(LastEvent::offset).orElse(to.offset());
    return new Known(to, from, last, segment.stretch().header(), fileEnds);
  }

  private static String next(String file) {
    int digits = file.length();
    while (digits > 0 && Character.isDigit(file.charAt(digits - 1))) {
      digits--;
    }
    int width = file.length() - digits;
    long number = new LogPlace(file, 0).number() + 1;
    return file.substring(0, digits) + String.format("%0" + width + "d", number);
  }

  /** The files that the server has; empty where the account may not ask. */
  private List<String> files() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("show binary logs")) {
      List<String> files = new ArrayList<>();
      while (result.next()) {
        files.add(result.getString(1));
      }
      return files;
    }
  }

  private Known at(LogStart.At at) throws SQLException {
    requireServer(at.serverId());
    Position.Binlog place = binlog(at.position());
    if (!files().contains(place.file())) {
      throw new LogBrokenException(
          "purged", "the server has no log file " + place.file() + " any more", null);
    }
    if (!place.gtids().isEmpty() && !isStillThere(place)) {
      throw new LogBrokenException(
          "reset", "the server's log was reset after " + place.text(), null);
    }
    return fresh(place);
  }

  private boolean isStillThere(Position.Binlog place) throws SQLException {
    String sql =
        server.mariaDb()
            ? "select binlog_gtid_pos(" + Sql.text(place.file()) + "," + place.offset() + ")"
            : "select gtid_subset(" + Sql.text(place.gtids()) + ", @@global.gtid_executed)";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      String told = result.next() ? result.getString(1) : null;
      if (told == null) {
        return false;
      }
      return server.mariaDb()
          ? MariaDbGtids.parse(place.gtids()).equals(MariaDbGtids.parse(told))
          : told.equals("1");
    }
  }

  private void requireServer(String id) {
    if (!server.id().equals(id)) {
      throw new LogBrokenException(
          "another-server",
          "this is another server ("
              + server.id()
              + ") than the one that the stored log is of ("
              + id
              + "): each has a log of its own",
          null);
    }
  }

  private Position.Binlog binlog(Position position) {
    return switch (position) {
      case Position.Binlog binlog -> binlog;
      case Position.None _ ->
          throw new LogBrokenException("no-log", "there is no binary log at this place", null);
    };
  }

  private LogFeed dump(Known wanted) throws SQLException {
    Known known =
        wanted.dumpFrom() <= LARGEST_OFFSET
            ? wanted
            : new Known(
                wanted.start(),
                LogOrder.FILE_START,
                wanted.last(),
                wanted.format(),
                wanted.fileEnds());
    ServerClock clock = ServerClock.ask(connection);
    long pulse = Math.max(1_000_000L, options.pulse().toNanos());
    String replica = UUID.randomUUID().toString();
    try (Statement statement = connection.createStatement()) {
      // Checksums stay as they are in the file, and events are not rewritten for old replicas.
      statement.execute(
          "set @master_binlog_checksum='CRC32', @source_binlog_checksum='CRC32',"
              + " @mariadb_slave_capability=4, @master_heartbeat_period="
              + pulse
              + ", @source_heartbeat_period="
              + pulse
              + ", @slave_uuid='"
              + replica
              + "', @replica_uuid='"
              + replica
              + "'");
    }
    long serverId = SERVER_IDS + new SecureRandom().nextInt(0x7FFFFFF0);
    DumpCommand command =
        new DumpCommand(
            known.start().file(), known.dumpFrom(), options.once(), server.mariaDb(), serverId);
    var _ =
        connection.unwrap(org.mariadb.jdbc.Connection.class).getClient().execute(command, false);
    return new BinlogFeed(
        new DumpStream(command.reader(), this::abort),
        clock,
        options.once(),
        new FileStarts(server.mariaDb(), known.start().gtids()),
        known);
  }

  private void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // The server ends its side when it next writes.
      return;
    }
  }
}
