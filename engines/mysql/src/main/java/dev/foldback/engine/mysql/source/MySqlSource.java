package dev.foldback.engine.mysql.source;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.ServerSnapshot;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogOptions;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.log.capture.LogOpening;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A MySQL or MariaDB server that is to be backed up. Holds no connection between calls. */
public final class MySqlSource implements SourceServer {
  private final Connector connector;
  private volatile ServerFacts facts;

  private MySqlSource(Connector connector, ServerFacts facts) {
    this.connector = connector;
    this.facts = facts;
  }

  /** Connects once to learn what the server is and what the account may do. */
  public static MySqlSource open(Endpoint endpoint) {
    Connector connector = Connector.to(endpoint);
    try (Connection connection = connector.open("inspect")) {
      return new MySqlSource(connector, ServerFacts.read(connection, connector.flavor()));
    } catch (SQLException e) {
      throw ServerErrors.failed("looking at the server", e);
    }
  }

  @Override
  public ServerInfo info() {
    return facts.info();
  }

  @Override
  public List<Finding> check(Selection selection) {
    try (Connection connection = connector.open("check")) {
      return new SourceCheck(connection, facts, selection).run();
    } catch (SQLException e) {
      throw ServerErrors.failed("checking the account's rights", e);
    }
  }

  @Override
  public ServerSnapshot openSnapshot(
      Selection selection, SnapshotOptions options, Progress progress) {
    Opened opened = new SnapshotOpening(connector, facts, selection, options, progress).run();
    return new MySqlSnapshot(facts.flavor(), opened);
  }

  @Override
  public List<Finding> checkLog() {
    try (Connection connection = connector.open("check")) {
      return new LogCheck(connection, facts).run();
    } catch (SQLException e) {
      throw ServerErrors.failed("checking the log's settings", e);
    }
  }

  /** What the server is is looked at anew: behind the address may be another one since. */
  @Override
  public LogFeed openLog(LogStart start, LogOptions options) {
    Connection connection = connector.open("log");
    try {
      ServerFacts now = ServerFacts.read(connection, connector.flavor());
      LogOpening.Server server =
          new LogOpening.Server(
              now.flavor().mariaDb(), now.info().id(), Positions.ofServer(connection, now));
      LogFeed feed = LogOpening.open(connection, server, start, options);
      facts = now;
      return feed;
    } catch (SQLException e) {
      abandon(connection, e);
      throw ServerErrors.failed("opening the log", e);
    } catch (RuntimeException e) {
      abandon(connection, e);
      throw e;
    }
  }

  private static void abandon(Connection connection, Exception cause) {
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {}
}
