package dev.foldback.core.diff;

import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import dev.foldback.core.diff.DiffResult.Change;
import dev.foldback.core.diff.DiffResult.ObjectDifference;
import dev.foldback.core.diff.DiffResult.TableDifference;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.fold.RowDifferences;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.moment.Moment;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.FrameRecord;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares two restore points of a source, from what is stored alone. Tables of the same frames, or
 * with the same digest of all rows, are equal and not read.
 */
public final class Diff {
  /** Of the heap: what each fold may take, and what rows may that are compared. */
  private static final int SHARE = 6;

  private final Repository repository;
  private final DatabaseEngine engine;

  public Diff(Repository repository, DatabaseEngine engine) {
    this.repository = repository;
    this.engine = engine;
  }

  /**
   * @param scratch where statements of the log are run on empty copies; without it a log that holds
   *     any is refused with {@code LOG_NOT_FOLDABLE}
   */
  public DiffResult run(
      DiffOptions options,
      Optional<TargetServer> scratch,
      DiffListener listener,
      Progress progress) {
    try (SnapshotReader before = open(options, options.before(), "a", scratch, progress);
        SnapshotReader after = open(options, options.after(), "b", scratch, progress)) {
      Selection selection = options.selection();
      Set<TableName> later = Set.copyOf(names(after));
      List<TableName> both =
          names(before).stream()
              .filter(name -> selection.contains(name) && later.contains(name))
              .toList();
      prepare(before, selection, progress);
      prepare(after, selection, progress);
      List<TableDifference> tables = new ArrayList<>();
      progress.phase(
          "compare", 0, both.stream().mapToLong(name -> after.summary(name).rowBytes()).sum());
      Map<TableName, TableState> states = states(before);
      Map<TableName, TableState> laterStates = states(after);
      for (TableName name : both) {
        progress.begin(name.toString());
        table(before, after, states.get(name), laterStates.get(name), listener)
            .ifPresent(tables::add);
        progress.advance(0, after.summary(name).rowBytes());
        progress.end(name.toString());
      }
      return new DiffResult(
          words(before), words(after), both.size(), objects(before, after, selection), tables);
    }
  }

  private SnapshotReader open(
      DiffOptions options,
      Point point,
      String which,
      Optional<TargetServer> scratch,
      Progress progress) {
    return switch (point) {
      case Point.OfSnapshot(SnapshotId id) -> repository.open(id);
      case Point.OfLog(var cut) ->
          Moment.open(
              repository,
              engine,
              scratch,
              options.source(),
              cut,
              options.run() + which,
              options.workFolder(),
              SHARE,
              progress);
    };
  }

  private static void prepare(SnapshotReader reader, Selection selection, Progress progress) {
    if (reader instanceof Moment moment) {
      moment.findings().forEach(progress::finding);
      moment.fold(names(moment).stream().filter(selection::contains).toList(), progress);
    }
  }

  private static String words(SnapshotReader reader) {
    String snapshot = "snapshot " + reader.manifest().id();
    return reader instanceof Moment moment
        ? snapshot
            + " and "
            + moment.summary().transactions()
            + " transactions after it"
            + moment.summary().end().map(end -> ", to " + end).orElse("")
        : snapshot;
  }

  private static List<TableName> names(SnapshotReader reader) {
    return reader.tables().stream().map(TableDefinition::name).toList();
  }

  private static Map<TableName, TableState> states(SnapshotReader reader) {
    return TableState.of(reader.objects(), reader.tables()).stream()
        .collect(Collectors.toMap(TableState::name, Function.identity()));
  }

  private List<ObjectDifference> objects(
      SnapshotReader before, SnapshotReader after, Selection selection) {
    SortedMap<String, SchemaObject> first = byName(before, selection);
    SortedMap<String, SchemaObject> second = byName(after, selection);
    List<ObjectDifference> all = new ArrayList<>();
    Map<TableName, TableState> tables = states(before);
    first.forEach(
        (name, object) -> {
          SchemaObject other = second.get(name);
          if (other == null) {
            all.add(difference(Change.REMOVED, object));
          } else if (!sameDefinition(object, other, tables)) {
            all.add(difference(Change.CHANGED, object));
          }
        });
    second.forEach(
        (name, object) -> {
          if (!first.containsKey(name)) {
            all.add(difference(Change.ADDED, object));
          }
        });
    return all;
  }

  private static ObjectDifference difference(Change change, SchemaObject object) {
    return new ObjectDifference(change, object.kind(), object.schema(), object.name());
  }

  private static SortedMap<String, SchemaObject> byName(
      SnapshotReader reader, Selection selection) {
    SortedMap<String, SchemaObject> objects = new TreeMap<>();
    for (SchemaObject o : reader.objects()) {
      boolean wanted =
          o.schema().isEmpty()
              ? selection.isServerWide()
              : selection.contains(new TableName(o.schema(), o.name()))
                  || (o.kind().equals("schema") && selection.touches(o.schema()));
      if (wanted) {
        objects.put(o.kind() + "\0" + o.schema() + "\0" + o.name(), o);
      }
    }
    return objects;
  }

  /** The next number of a table is no part of its definition here. */
  private boolean sameDefinition(
      SchemaObject one, SchemaObject other, Map<TableName, TableState> tables) {
    if (one.equals(other)) {
      return true;
    }
    TableState table = tables.get(new TableName(one.schema(), one.name()));
    boolean numbered =
        one.kind().equals("table") && table != null && engine.numbered(table).isPresent();
    return numbered && engine.withNextNumber(one, -1).equals(engine.withNextNumber(other, -1));
  }

  private Optional<TableDifference> table(
      SnapshotReader before,
      SnapshotReader after,
      @Nullable TableState one,
      @Nullable TableState other,
      DiffListener listener) {
    if (one == null || other == null) {
      return Optional.empty();
    }
    TableName name = one.name();
    if (!sameForm(one.definition(), other.definition())) {
      return Optional.of(
          new TableDifference(
              name, after.summary(name).rows(), before.summary(name).rows(), 0, false));
    }
    if (isSame(before, one.definition(), after, other.definition())) {
      return Optional.empty();
    }
    Telling telling = new Telling(one, other, listener);
    new RowDifferences(one.definition(), Runtime.getRuntime().maxMemory() / SHARE)
        .run(before.rows(name), after.rows(name), telling);
    return telling.result();
  }

  private static boolean sameForm(TableDefinition one, TableDefinition other) {
    return one.key().equals(other.key())
        && one.columns().stream()
            .map(ColumnLayout::type)
            .toList()
            .equals(other.columns().stream().map(ColumnLayout::type).toList())
        && one.columns().stream()
            .map(ColumnLayout::name)
            .toList()
            .equals(other.columns().stream().map(ColumnLayout::name).toList())
        && one.columns().stream()
            .map(ColumnLayout::encoding)
            .toList()
            .equals(other.columns().stream().map(ColumnLayout::encoding).toList());
  }

  /** By frames where both have recorded ones, else by digests that are known unread. */
  private static boolean isSame(
      SnapshotReader before, TableDefinition one, SnapshotReader after, TableDefinition other) {
    Optional<List<FrameRecord>> frames = frames(before, one);
    if (frames.isPresent() && frames.equals(frames(after, other))) {
      return true;
    }
    Optional<RowSetDigest.Value> digest = RowSetDigest.of(one.properties());
    return !(before instanceof Moment)
        && !(after instanceof Moment)
        && digest.isPresent()
        && digest.equals(RowSetDigest.of(other.properties()));
  }

  private static Optional<List<FrameRecord>> frames(SnapshotReader reader, TableDefinition table) {
    Optional<TableDefinition> stored =
        reader instanceof Moment moment ? moment.unchanged(table.name()) : Optional.of(table);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    List<FrameRecord> all = new ArrayList<>();
    for (Slice slice : stored.get().slices()) {
      all.addAll(reader.frames(table.name(), slice));
    }
    return Optional.of(all);
  }

  /** Counts differences, and passes them on as images. */
  private static final class Telling implements RowDifferences.Listener {
    private final TableState table;
    private final TableState later;
    private final DiffListener listener;
    private final RowImage before;
    private final RowImage after;
    private long added;
    private long removed;
    private long changed;

    Telling(TableState table, TableState later, DiffListener listener) {
      this.table = table;
      this.later = later;
      this.listener = listener;
      this.before = new RowImage(table.definition().columns().size());
      this.after = new RowImage(table.definition().columns().size());
    }

    @Override
    public void differs(byte @Nullable [] one, byte @Nullable [] other) {
      if (one == null && other != null) {
        added++;
        listener.added(later, image(after, other));
      } else if (one != null && other == null) {
        removed++;
        listener.removed(table, image(before, one));
      } else if (one != null && other != null) {
        changed++;
        listener.changed(later, image(before, one), image(after, other));
      }
    }

    private static RowImage image(RowImage image, byte[] row) {
      image.set(row, 0, row.length);
      return image;
    }

    Optional<TableDifference> result() {
      return added + removed + changed == 0
          ? Optional.empty()
          : Optional.of(new TableDifference(table.name(), added, removed, changed, true));
    }
  }
}
