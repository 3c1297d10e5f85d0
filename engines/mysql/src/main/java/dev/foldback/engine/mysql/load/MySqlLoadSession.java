package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.ddl.Translation;
import dev.foldback.engine.mysql.rows.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A restore to one server. A lock of the server's own, held by one connection, keeps two restores
 * apart and ends with the process; the note tells the next run how far this one came.
 */
final class MySqlLoadSession implements LoadSession {
  private static final int NOTED_AT_ONCE = 100;

  private final Connector connector;
  private final LoadPlan plan;
  private final Sessions sessions;
  private final Control control;
  private final OwnNote note;
  private final TableMaker tables;
  private final TableFiller filler;
  private final ProgramMaker programs;
  private final Findings findings;
  private final Set<TableName> indexed = new HashSet<>();

  /**
   * Finished small tables that the note does not know of yet: a run after a kill makes them anew.
   */
  private final List<RestoreNote.Entry> unnoted = new ArrayList<>();

  private final ConcurrentLinkedDeque<Connection> readers = new ConcurrentLinkedDeque<>();

  private MySqlLoadSession(
      Connector connector,
      LoadPlan plan,
      int threads,
      Sessions sessions,
      Control control,
      Progress told)
      throws SQLException {
    this.connector = connector;
    this.plan = plan;
    this.sessions = sessions;
    this.control = control;
    this.note = new OwnNote(control, plan);
    this.findings = new Findings(told);
    this.tables = new TableMaker(connector.flavor(), sessions, plan, threads, findings);
    this.filler =
        new TableFiller(
            sessions, connector.flavor(), tables, plan.request().largestRows(), findings);
    this.programs = new ProgramMaker(connector.flavor(), sessions, plan, tables, findings);
  }

  static LoadSession begin(Connector connector, LoadPlan plan, int threads, Progress progress)
      throws SQLException {
    if (plan.request().existing() != LoadRequest.Existing.SWAP) {
      return begin(connector, plan, threads, new Sessions(connector), progress);
    }
    // Replicas and captures of the server must hear of what changes places.
    Sessions logged = new Sessions(connector, true);
    MySqlLoadSession beside = begin(connector, SwapPlanner.beside(plan), threads, logged, progress);
    return SwapSession.of(connector, plan, beside);
  }

  private static MySqlLoadSession begin(
      Connector connector, LoadPlan plan, int threads, Sessions sessions, Progress progress)
      throws SQLException {
    Control control;
    try {
      control = Control.take(sessions);
    } catch (SQLException | FoldbackException e) {
      sessions.close();
      throw e;
    }
    return new MySqlLoadSession(connector, plan, threads, sessions, control, progress);
  }

  Control control() {
    return control;
  }

  Sessions sessions() {
    return sessions;
  }

  Translation translation() {
    return tables.translation();
  }

  Findings found() {
    return findings;
  }

  @Override
  public void createTables() {
    OwnNote.Start start = note.begin();
    start.earlier().ifPresent(this::rememberIndexed);
    tables.createAll(start.dropping(), note);
  }

  private void rememberIndexed(RestoreNote earlier) {
    for (TableName table : plan.loaded()) {
      RestoreNote.Entry entry = RestoreNote.Entry.table(tables.target(table));
      if (earlier.state(entry) == RestoreNote.State.INDEXED) {
        indexed.add(table);
      }
    }
  }

  @Override
  public void load(TableDefinition table, RowSource rows) {
    filler.fill(table, rows);
    if (tables.isSmall(table.name())) {
      finished(table);
    } else {
      note.mark(List.of(entry(table)), RestoreNote.State.LOADED);
    }
  }

  @Override
  public void buildIndexes(TableDefinition table) {
    synchronized (indexed) {
      if (indexed.contains(table.name())) {
        return;
      }
    }
    tables.index(table.name(), plan.loaded().contains(table.name()));
    finished(table);
  }

  private void finished(TableDefinition table) {
    boolean now;
    synchronized (indexed) {
      indexed.add(table.name());
      unnoted.add(entry(table));
      now = !tables.isSmall(table.name()) || unnoted.size() >= NOTED_AT_ONCE;
    }
    if (now) {
      noteFinished();
    }
  }

  private void noteFinished() {
    List<RestoreNote.Entry> finished;
    synchronized (indexed) {
      finished = List.copyOf(unnoted);
      unnoted.clear();
    }
    note.mark(finished, RestoreNote.State.INDEXED);
  }

  private RestoreNote.Entry entry(TableDefinition table) {
    return RestoreNote.Entry.table(tables.target(table.name()));
  }

  @Override
  public void createPrograms() {
    plan.tables().forEach(this::buildIndexes);
    noteFinished();
    note.checkPrograms(this::isProgram);
    note.begun(this::isProgram);
    programs.create();
  }

  /** Whether it is made after the tables. */
  private boolean isProgram(SchemaObject object) {
    return !object.kind().equals(Kind.TABLE)
        && !object.kind().equals(Kind.SEQUENCE)
        && !tables.madeFirst().contains(object);
  }

  @Override
  public long read(TableDefinition table, Slice slice, Supplier<? extends RowSink> sinks) {
    return Retry.of("reading " + tables.target(table.name()), _ -> readOnce(table, slice, sinks));
  }

  private long readOnce(TableDefinition table, Slice slice, Supplier<? extends RowSink> sinks) {
    @Nullable Connection idle = readers.poll();
    Connection connection = idle == null ? connector.openForRows("compare") : idle;
    boolean well = false;
    try {
      TableName target = tables.target(table.name());
      long rows = RowReader.read(connection, connector.flavor(), table, target, slice, sinks.get());
      well = true;
      return rows;
    } finally {
      // A connection that failed may still be in the middle of something.
      if (well) {
        readers.push(connection);
      } else {
        new Db(connection).close();
      }
    }
  }

  @Override
  public void again(Collection<TableDefinition> differing) {
    note.mark(differing.stream().map(this::entry).toList(), RestoreNote.State.BEGUN);
  }

  @Override
  public void complete() {
    programs.goLive();
    note.remove();
  }

  @Override
  public List<Finding> findings() {
    return findings.all();
  }

  @Override
  public List<Finding> missing() {
    return findings.missing();
  }

  @Override
  public void close() {
    try {
      noteFinished();
    } catch (FoldbackException e) {
      // The server is gone: the next run makes these small tables anew.
    }
    control.close();
    sessions.close();
    for (Connection c = readers.poll(); c != null; c = readers.poll()) {
      new Db(c).close();
    }
  }
}
