package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FindingsException;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.connect.Connector;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    if (request.existing() == LoadRequest.Existing.SWAP) {
      return planInPlace(fitted);
    }
    try {
      return sessions.with(db -> new Planner(db, connector.flavor(), sessions, fitted).plan());
    } catch (SQLException e) {
      throw Failures.of("looking at the target", e);
    }
  }

  private LoadPlan planInPlace(LoadRequest request) {
    if (!request.renames().isEmpty() || request.source().ignoresCase() != info.ignoresCase()) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "a restore in place takes no new names, and none between servers of which one minds the"
              + " case of names",
          "Leave --rename out, or restore beside.");
    }
    Findings settled = new Findings(Progress.NONE);
    return withLock(
        "looking at the target",
        settled,
        (logged, db, ended) -> {
          if (ended.contains(request.restoreId())) {
            throw new FoldbackException(
                ErrorCode.RESTORE_ENDED,
                "an earlier run of this restore was cut off while tables changed places; this one"
                    + " did what was left, and the restore is complete",
                "See 'foldback release' for what is kept. Run the same command once more only to"
                    + " restore once more.");
          }
          return new SwapPlanner(connector, logged, request).plan(db).withFindings(settled.all());
        });
  }

  @Override
  public List<KeptTables> kept() {
    try {
      return sessions.with(db -> new KeptSwaps(connector, sessions, db).all());
    } catch (SQLException e) {
      throw Failures.of("looking for what is kept", e);
    }
  }

  @Override
  public void release(String id) {
    withLock(
        "releasing what is kept",
        new Findings(Progress.NONE),
        (logged, db, _) -> {
          new KeptSwaps(connector, logged, db).release(id);
          return 0;
        });
  }

  @Override
  public KeptTables putBack(String id, Progress progress) {
    Findings findings = new Findings(progress);
    return withLock(
        "putting back what is kept",
        findings,
        (logged, db, _) -> new KeptSwaps(connector, logged, db).putBack(id, findings));
  }

  @Override
  public List<Unfinished> unfinished() {
    try {
      return sessions.with(db -> new LeftByRuns(db).all());
    } catch (SQLException e) {
      throw Failures.of("looking for what is unfinished", e);
    }
  }

  @Override
  public Unfinished giveUp(String id) {
    return withLock(
        "giving up what is unfinished",
        new Findings(Progress.NONE),
        (_, db, _) -> new LeftByRuns(db).giveUp(id, sessions));
  }

  private interface Locked<T> {
    /**
     * @param ended the restores that were brought to their end first
     */
    T on(Sessions logged, Db db, Set<String> ended) throws SQLException;
  }

  /** Under the lock of restores, once what an earlier run left half done is brought to its end. */
  private <T> T withLock(String what, Findings findings, Locked<T> work) {
    try (Sessions logged = new Sessions(connector, true);
        Control control = Control.take(logged)) {
      return control.with(
          db -> {
            Set<String> ended = Swapping.settleAll(connector.flavor(), logged, db, findings);
            return work.on(logged, db, ended);
          });
    } catch (SQLException e) {
      throw Failures.of(what, e);
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
