package dev.foldback.core.moment;

import dev.foldback.core.Finding;
import dev.foldback.core.Position;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.fold.DigestedRows;
import dev.foldback.core.fold.Fold;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.log.TableState;
import dev.foldback.core.moment.Life.FromConversion;
import dev.foldback.core.moment.Life.FromSnapshot;
import dev.foldback.core.moment.Life.Held;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.FrameRecord;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.TableSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source as it was at a moment, read like a snapshot: the definitions first, then, after {@link
 * #fold}, the rows. The log is read twice: once for its statements, once for its changes.
 */
public final class Moment implements SnapshotReader {
  /** Of the heap: a third is for changes. */
  public static final int SHARE = 3;

  private final SnapshotReader base;
  private final MomentChoice.Chosen chosen;
  private final Cut cut;
  private final DefinitionHistory history;
  private final Lineage lineage;
  private final Fold fold;
  private final DatabaseEngine engine;
  private final Numbers numbers;
  private Map<TableName, Map<String, String>> sequences = Map.of();
  private @Nullable MomentRows rows;
  private long changes;

  private Moment(
      SnapshotReader base,
      MomentChoice.Chosen chosen,
      Cut cut,
      DefinitionHistory history,
      DatabaseEngine engine,
      Path workFolder,
      int share) {
    this.engine = engine;
    this.numbers = new Numbers(engine);
    this.base = base;
    this.chosen = chosen;
    this.cut = cut;
    this.history = history;
    this.lineage = new Lineage(TableState.of(base.objects(), base.tables()), history.steps());
    this.fold = new Fold(workFolder, Runtime.getRuntime().maxMemory() / share, engine.edits());
  }

  /**
   * Finds snapshot and log, and follows the log's statements on the server.
   *
   * @param server where statements are run on empty copies, if there are any
   * @param run names the schemas of these copies: letters and digits
   * @param workFolder for what memory has no room for
   */
  public static Moment open(
      Repository repository,
      DatabaseEngine engine,
      TargetServer server,
      SourceName source,
      Cut cut,
      String run,
      Path workFolder,
      Progress progress) {
    return open(
        repository, engine, Optional.of(server), source, cut, run, workFolder, SHARE, progress);
  }

  /**
   * As the other one, where there may be no server: then a log that holds statements is refused
   * with {@code LOG_NOT_FOLDABLE}.
   *
   * @param share of the heap that the fold may take, as its inverse
   */
  public static Moment open(
      Repository repository,
      DatabaseEngine engine,
      Optional<TargetServer> server,
      SourceName source,
      Cut cut,
      String run,
      Path workFolder,
      int share,
      Progress progress) {
    MomentChoice.Chosen chosen =
        new MomentChoice(repository, engine, source, workFolder).choose(cut, progress);
    SnapshotReader base = repository.open(chosen.stretch().snapshot().id());
    DefinitionHistory history = null;
    try {
      List<LoggedStatement> statements = chosen.found().statements();
      history =
          server.isPresent()
              ? server
                  .get()
                  .follow(run, base.manifest().server(), base.objects(), base.tables(), statements)
              : new NoStatements(base, statements);
      return new Moment(base, chosen, cut, history, engine, workFolder, share);
    } catch (RuntimeException e) {
      if (history != null) {
        history.close();
      }
      base.close();
      throw e;
    }
  }

  /** The place of the source's log that the moment is at: all before it is in, nothing after. */
  public Position position() {
    List<SegmentManifest> segments = chosen.stretch().segments();
    if (segments.isEmpty()) {
      return manifest().position();
    }
    if (chosen.found().stop().isEmpty()) {
      return segments.getLast().to();
    }
    LogPlace stop = chosen.found().stop().get();
    Position border = held(stop).from();
    if (LogOrder.place(manifest().position()).compareTo(LogOrder.place(border)) > 0) {
      border = manifest().position();
    }
    return switch (border) {
      case Position.Binlog b ->
          new Position.Binlog(
              stop.file(), stop.offset(), engine.joined(b.gtids(), chosen.found().before()));
      case Position.None none -> none;
    };
  }

  /** The segment that the place is in. */
  private SegmentManifest held(LogPlace place) {
    return chosen.stretch().segments().stream()
        .filter(s -> LogOrder.place(s.to()).compareTo(place) > 0)
        .findFirst()
        .orElseThrow();
  }

  /**
   * No transaction of the moment committed later than this, by the source's clock; empty where that
   * is not known, or where the moment is the end of what is stored.
   */
  public Optional<Instant> latest() {
    return switch (cut) {
      case Cut.End _ -> Optional.empty();
      case Cut.At(var time) -> Optional.of(time);
      case Cut.Through _, Cut.Before _, Cut.Place _ -> latestOfSegments();
    };
  }

  private Optional<Instant> latestOfSegments() {
    Instant latest = manifest().started();
    for (SegmentManifest segment : chosen.stretch().segments()) {
      boolean isPast =
          chosen
              .found()
              .stop()
              .filter(stop -> LogOrder.place(segment.from()).compareTo(stop) >= 0)
              .isPresent();
      if (isPast || segment.stretch().transactions() == 0) {
        continue;
      }
      Optional<Instant> of = segment.stretch().latestCommit();
      if (of.isEmpty()) {
        return Optional.empty();
      }
      latest = of.get().isAfter(latest) ? of.get() : latest;
    }
    return Optional.of(latest);
  }

  /** The snapshot's table that this one still has all rows of; to be asked after {@link #fold}. */
  public Optional<TableDefinition> unchanged(TableName table) {
    Life life = held(table).life();
    boolean same =
        life.origin() instanceof FromSnapshot && Objects.requireNonNull(rows).isUnchanged(life);
    return same ? Optional.of(life.folded()) : Optional.empty();
  }

  /** What was found, for people. */
  public MomentSummary summary() {
    return new MomentSummary(
        manifest(),
        cut,
        chosen.walk().bytes(),
        chosen.found().transactions(),
        chosen.found().statements().size(),
        chosen.found().end(),
        chosen.found().last());
  }

  /** What could not be followed. */
  public List<Finding> findings() {
    return history.findings();
  }

  @Override
  public SnapshotManifest manifest() {
    return base.manifest();
  }

  /** After {@link #fold} with the sequences as they stood. */
  @Override
  public List<SchemaObject> objects() {
    return history.objects().stream().map(this::withState).toList();
  }

  /**
   * The object, a sequence or a table's next number as it stood at the moment; to be asked after
   * {@link #fold}.
   */
  public SchemaObject withState(SchemaObject object) {
    if (object.kind().equals("table")) {
      Held held = lineage.last().get(new TableName(object.schema(), object.name()));
      long next = held == null ? 0 : numbers.next(held.life());
      return next == 0 ? object : engine.withNextNumber(object, next);
    }
    Map<String, String> state =
        object.kind().equals("sequence")
            ? sequences.get(new TableName(object.schema(), object.name()))
            : null;
    if (state == null) {
      return object;
    }
    Map<String, String> context = new HashMap<>(object.context());
    context.putAll(state);
    return new SchemaObject(
        object.kind(), object.schema(), object.name(), object.definition(), context);
  }

  @Override
  public List<TableDefinition> tables() {
    return history.tables();
  }

  /** Rows and bytes by what the snapshot holds: what the log adds is known after the fold. */
  @Override
  public TableSummary summary(TableName table) {
    Held held = lineage.last().get(table);
    if (held != null && held.life().origin() instanceof FromSnapshot(var name)) {
      TableSummary of = base.summary(name);
      return new TableSummary(table, of.rows(), of.rowBytes(), of.frames());
    }
    return new TableSummary(table, 0, 0, 0);
  }

  /**
   * Reads the log and makes the rows of these tables ready.
   *
   * @param tables by their names at the moment
   */
  public void fold(Collection<TableName> tables, Progress progress) {
    Set<Life> needed = lineage.neededFor(tables);
    Map<TableName, SchemaObject> kept = new HashMap<>();
    for (SchemaObject object : base.objects()) {
      if (object.kind().equals("sequence")) {
        kept.put(new TableName(object.schema(), object.name()), object);
      }
    }
    for (SchemaObject object : history.objects()) {
      if (object.kind().equals("sequence")) {
        kept.put(new TableName(object.schema(), object.name()), object);
      }
    }
    FoldScope scope = new FoldScope(lineage, engine, needed);
    Folding folding = new Folding(lineage.replay(), scope, kept, fold, numbers);
    progress.phase("fold", 0, chosen.walk().bytes());
    Optional<LogPlace> stop = chosen.found().stop();
    chosen
        .walk()
        .run(
            folding, folding, t -> stop.isEmpty() || t.start().compareTo(stop.get()) < 0, progress);
    sequences = Map.copyOf(folding.states());
    changes = folding.changes();
    MomentRows ready =
        new MomentRows(base, fold, history, folding.cascades(), folding.parts(), progress);
    folding.cascades().settle(folding.parts(), lineage.later(), ready);
    convert(needed, ready);
    rows = ready;
  }

  /** Runs what only the server can do to rows, in the log's order. */
  private void convert(Set<Life> needed, MomentRows ready) {
    Map<DefinitionStep, FromConversion> conversions = new HashMap<>();
    for (Life life : needed) {
      if (life.origin() instanceof FromConversion conversion) {
        conversions.put(conversion.step(), conversion);
      }
    }
    for (DefinitionStep step : history.steps()) {
      FromConversion conversion = conversions.get(step);
      if (conversion != null) {
        ready.convert(conversion);
      }
    }
  }

  /** How many changes of rows the fold took. */
  public long changes() {
    return changes;
  }

  @Override
  public synchronized RowSource rows(TableName table) {
    if (rows == null) {
      throw new IllegalStateException("rows are there after the fold");
    }
    return rows.of(held(table).life());
  }

  private Held held(TableName table) {
    Held held = lineage.last().get(table);
    if (held == null) {
      throw new IllegalArgumentException("no table " + table + " at that moment");
    }
    return held;
  }

  /** Known once a table's rows were read; they are read for it where they were not. */
  @Override
  public Optional<RowSetDigest.Value> digest(TableName table) {
    RowSource all = rows(table);
    if (all instanceof DigestedRows digested) {
      if (digested.digest().isEmpty()) {
        drain(digested);
      }
      return digested.digest();
    }
    return held(table).life().origin() instanceof FromSnapshot(var name)
        ? base.digest(name)
        : Optional.empty();
  }

  private static void drain(RowSource rows) {
    try (InputStream all = rows.open()) {
      all.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The snapshot's frames, for a table that the log left as it was. */
  @Override
  public List<FrameRecord> frames(TableName table, Slice slice) {
    return held(table).life().origin() instanceof FromSnapshot(var name)
        ? base.frames(name, slice)
        : List.of();
  }

  @Override
  public void close() {
    try {
      fold.close();
    } finally {
      try {
        history.close();
      } finally {
        base.close();
      }
    }
  }
}
