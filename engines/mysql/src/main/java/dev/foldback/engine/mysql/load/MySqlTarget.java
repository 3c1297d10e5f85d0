package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FindingsException;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.connect.Connector;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A MySQL or MariaDB server to restore to. */
public final class MySqlTarget implements TargetServer {
  private final Connector connector;
  private final Sessions sessions;
  private final ServerInfo info;

  private MySqlTarget(Connector connector, Sessions sessions, ServerInfo info) {
    this.connector = connector;
    this.sessions = sessions;
    this.info = info;
  }

  public static MySqlTarget open(Endpoint endpoint) {
    Connector connector = Connector.to(endpoint);
    try {
      Sessions sessions = new Sessions(connector);
      return new MySqlTarget(connector, sessions, sessions.with(db -> info(connector, db)));
    } catch (SQLException e) {
      throw Failures.of("opening " + endpoint, e);
    }
  }

  private static ServerInfo info(Connector connector, Db db) throws SQLException {
    String id =
        connector.flavor().mariaDb()
            ? db.value("SELECT CONCAT(@@hostname, ':', @@port)")
            : db.value("SELECT @@server_uuid");
    return new ServerInfo(
        connector.flavor().family(),
        connector.flavor().version(),
        id,
        Map.of("lower_case_table_names", db.value("SELECT @@lower_case_table_names")));
  }

  @Override
  public ServerInfo info() {
    return info;
  }

  @Override
  public LoadPlan plan(LoadRequest request) {
    LoadRequest fitted = NameCase.fit(request, info);
    try {
      return sessions.with(db -> new Planner(db, connector.flavor(), sessions, fitted).plan());
    } catch (SQLException e) {
      throw Failures.of("looking at the target", e);
    }
  }

  @Override
  public DefinitionHistory follow(
      String run,
      ServerInfo source,
      List<SchemaObject> objects,
      List<TableDefinition> tables,
      List<LoggedStatement> statements) {
    try {
      return StagedHistory.of(connector, sessions, run, source, objects, tables, statements);
    } catch (SQLException e) {
      throw Failures.of("following the log's statements", e);
    }
  }

  @Override
  public LoadSession begin(LoadPlan plan, int threads, Progress progress) {
    FindingsException.throwIfAny(plan.findings(), ErrorCode.NOT_RESTORABLE, "Nothing was written.");
    try {
      return MySqlLoadSession.begin(connector, plan, threads, progress);
    } catch (SQLException e) {
      throw Failures.of("beginning the restore", e);
    }
  }

  @Override
  public void close() {
    sessions.close();
  }
}
