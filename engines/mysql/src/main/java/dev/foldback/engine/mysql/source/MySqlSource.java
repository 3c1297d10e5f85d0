package dev.foldback.engine.mysql.source;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.ServerSnapshot;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A MySQL or MariaDB server that is to be backed up. Holds no connection between calls. */
public final class MySqlSource implements SourceServer {
  private final Connector connector;
  private final ServerFacts facts;

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
  public void close() {}
}
