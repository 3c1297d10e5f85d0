package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.catalog.Catalog;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Opens a snapshot. The order matters: the tables are listed, the transactions started, the
 * definitions read, the tables listed again, views and programs with them. Only if both lists are
 * equal do the definitions belong to the transactions' position; otherwise all is done again. What
 * happens to views and programs later is no matter. MySQL's lock for backups makes that sure from
 * the start; elsewhere a guard checks each table again when it is read.
 */
final class SnapshotOpening {
  private static final int ATTEMPTS = 5;

  private final Connector connector;
  private final ServerFacts facts;
  private final Selection selection;
  private final SnapshotOptions options;
  private final Progress progress;

  /** What is open so far, last first, in case that the rest fails. */
  private final List<AutoCloseable> open = new ArrayList<>();

  SnapshotOpening(
      Connector connector,
      ServerFacts facts,
      Selection selection,
      SnapshotOptions options,
      Progress progress) {
    this.connector = connector;
    this.facts = facts;
    this.selection = selection;
    this.options = options;
    this.progress = progress;
  }

  Opened run() {
    String gone = "";
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<Opened> opened = Optional.empty();
        try {
          opened = attempt(attempt == ATTEMPTS - 1);
        } catch (SQLException e) {
          // A table that was listed is gone before it was locked, or cut into slices.
          if (!ServerErrors.isGone(e)) {
            throw e;
          }
          gone = ": " + ServerErrors.text(e);
        }
        if (opened.isPresent()) {
          open.clear();
          return opened.get();
        }
        closeAll();
      }
    } catch (SQLException e) {
      throw ServerErrors.failed("opening a snapshot", e);
    } finally {
      closeAll();
    }
    throw new FoldbackException(
        ErrorCode.DEFINITION_CHANGED,
        "tables were created, dropped or redefined each time that a snapshot was opened" + gone,
        "Run the backup when no DDL runs"
            + (facts.flavor().mariaDb()
                ? "."
                : ", or GRANT BACKUP_ADMIN ON *.* TO " + facts.grants().account() + "."));
  }

  /**
   * @param last views and programs may have changed then, which is said: tables may not
   */
  private Optional<Opened> attempt(boolean last) throws SQLException {
    @Nullable Load load =
        options.maxLoad().isEmpty() ? null : opened(Load.open(connector, facts, options.maxLoad()));
    List<Connection> definitions = new ArrayList<>();
    for (int i = 0; i < options.threads(); i++) {
      definitions.add(opened(connector.open("definitions")));
    }
    @Nullable ServerLock instance = instanceLock();
    Listing before = Listing.read(definitions, facts.flavor(), selection);
    @Nullable TableIds ids =
        instance == null && facts.grants().has("PROCESS")
            ? TableIds.read(definitions.getFirst(), facts.flavor())
            : null;
    List<Connection> readers = new ArrayList<>();
    for (int i = 0; i < options.threads(); i++) {
      readers.add(opened(reader()));
    }
    ConsistentStart.Start start =
        new ConsistentStart(connector, facts, options, readers, before).run();
    if (start.held() != null) {
      opened(start.held());
    }
    Catalog catalog = CatalogReader.read(definitions, facts.flavor(), selection);
    Listing after = before.again(definitions, facts.flavor(), selection);
    SortedSet<String> changed = before.changedPrograms(after);
    if (!before.isUnchangedIn(after) || (!changed.isEmpty() && !last)) {
      return Optional.empty();
    }
    changed.forEach(program -> start.findings().add(later(program)));
    return Optional.of(assemble(load, definitions, instance, before, ids, readers, start, catalog));
  }

  private static Finding later(String program) {
    return Finding.warning(
        "definition-later",
        program,
        "was changed while the catalogue was read, each time that it was; its definition in this"
            + " snapshot may be later than the rows, or missing",
        "Run the backup when nothing changes it.");
  }

  private Connection reader() throws SQLException {
    Connection reader = connector.openForRows("read");
    if (facts.flavor().mariaDb() && facts.grants().has("BINLOG ADMIN", "SUPER")) {
      // Nothing is written; but MariaDB keeps the locks of a transaction that could be logged when
      // it goes back to a savepoint, and DDL would wait until the end of the backup.
      Queries.execute(reader, "set sql_log_bin=0");
    }
    return reader;
  }

  private Opened assemble(
      @Nullable Load load,
      List<Connection> definitions,
      @Nullable ServerLock instance,
      Listing listing,
      @Nullable TableIds ids,
      List<Connection> readers,
      ConsistentStart.Start start,
      Catalog catalog)
      throws SQLException {
    List<Finding> findings = new ArrayList<>(catalog.findings());
    findings.addAll(start.findings());
    if (load != null) {
      findings.addAll(load.findings());
    }
    DefinitionGuard guard =
        instance == null ? new DefinitionGuard(definitions, listing, texts(catalog)) : null;
    boolean limited = options.maxBytesPerSecond() > 0 || load != null;
    Pace pace = new Pace(options.maxBytesPerSecond());
    List<TableDefinition> tables = slices(definitions.getFirst(), catalog.tables());
    AtomicInteger reading = new AtomicInteger();
    Watch watch = opened(new Watch(load, pace, progress, reading, start.since()));
    return new Opened(
        catalog.objects(),
        tables,
        findings,
        start,
        new ReaderPool(readers),
        definitions,
        instance,
        guard,
        ids,
        limited ? pace : null,
        watch,
        reading);
  }

  private List<TableDefinition> slices(Connection connection, List<TableDefinition> tables)
      throws SQLException {
    SlicePlanner planner =
        new SlicePlanner(connection, tables, options.threads(), SlicePlanner.SMALLEST);
    List<TableDefinition> planned = new ArrayList<>();
    for (TableDefinition table : tables) {
      planned.add(planner.plan(table));
    }
    return planned;
  }

  private static Map<TableName, String> texts(Catalog catalog) {
    Map<TableName, String> texts = new HashMap<>();
    catalog.objects().stream()
        .filter(o -> o.kind().equals("table"))
        .forEach(o -> texts.put(new TableName(o.schema(), o.name()), o.definition()));
    return texts;
  }

  /** MySQL's lock against DDL, where the account may take it and gets it in time. */
  private @Nullable ServerLock instanceLock() throws SQLException {
    if (facts.flavor().mariaDb() || !facts.grants().has("BACKUP_ADMIN")) {
      return null;
    }
    return opened(ServerLock.instance(connector, options.lockWait()));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.addFirst(resource);
    return resource;
  }

  private void closeAll() {
    for (AutoCloseable resource : open) {
      try {
        resource.close();
      } catch (Exception e) {
        // Only on the way out of a failure that is reported itself: the server ends what is left.
        progress.note("closing a connection: " + e.getMessage());
      }
    }
    open.clear();
  }
}
