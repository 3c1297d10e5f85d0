package dev.foldback.core.consolidate;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.FilteredRows;
import dev.foldback.core.fold.RowCopy;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.moment.Moment;
import dev.foldback.core.progress.CountingSink;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Lane;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.work.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the tables of a moment, largest first. Rows out of a fold need not come in the order in
 * which a server gives them, so they make one run of frames, and the table's definition holds the
 * digest of all of them, which restored rows are compared with.
 */
final class TableWriting {
  private final Moment moment;
  private final SnapshotWriter writer;
  private final Progress progress;
  private final Queue<TableDefinition> left;
  private final List<TableDefinition> tables;
  private final Map<TableName, TableDefinition> written = new ConcurrentHashMap<>();
  private final AtomicLong carried = new AtomicLong();

  TableWriting(Moment moment, SnapshotWriter writer, Progress progress) {
    this.moment = moment;
    this.writer = writer;
    this.progress = progress;
    this.tables = moment.tables();
    this.left =
        new ConcurrentLinkedQueue<>(
            tables.stream().sorted(Comparator.comparingLong(this::bytes).reversed()).toList());
  }

  private long bytes(TableDefinition table) {
    return moment.summary(table.name()).rowBytes();
  }

  /** How many tables were taken over unread. */
  long carried() {
    return carried.get();
  }

  /** The definitions to keep, in the order of the moment's. */
  List<TableDefinition> run(int threads) {
    progress.phase(
        "write",
        tables.stream().mapToLong(t -> moment.summary(t.name()).rows()).sum(),
        tables.stream().mapToLong(this::bytes).sum());
    Workers.run("write", Math.max(1, Math.min(threads, tables.size())), this::work);
    return tables.stream().map(t -> written.get(t.name())).toList();
  }

  private void work() throws InterruptedException {
    try (Lane lane = writer.openLane()) {
      for (TableDefinition table = left.poll(); table != null; table = left.poll()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        progress.begin(table.name().toString());
        written.put(table.name(), write(lane, table));
        progress.end(table.name().toString());
      }
    }
  }

  private TableDefinition write(Lane lane, TableDefinition table) {
    Optional<TableDefinition> former = moment.unchanged(table.name());
    if (former.isPresent()) {
      TableDefinition kept =
          with(table, former.get().slices(), moment.digest(table.name()), table.estimatedRows());
      if (writer.carry(kept, moment.manifest().id(), former.get().name())) {
        carried.incrementAndGet();
        return kept;
      }
    }
    long rows = copy(lane, table);
    Optional<RowSetDigest.Value> digest = moment.digest(table.name());
    if (digest.isPresent() && digest.get().rows() != rows) {
      throw new FoldbackException(
          ErrorCode.INTERNAL,
          table.name() + ": " + rows + " rows were framed, the fold has " + digest.get().rows(),
          "Nothing was committed. Please report this.");
    }
    return with(table, table.slices(), Optional.of(digest.orElseGet(() -> own(table))), rows);
  }

  /** Of rows that no fold has digested: those of the snapshot, where they could not be carried. */
  private RowSetDigest.Value own(TableDefinition table) {
    return new FilteredRows(moment.rows(table.name()), (row, from, to) -> true).digest();
  }

  private static TableDefinition with(
      TableDefinition table,
      List<Slice> slices,
      Optional<RowSetDigest.Value> digest,
      long estimatedRows) {
    return new TableDefinition(
        table.name(),
        table.columns(),
        table.key(),
        slices,
        estimatedRows,
        table.estimatedBytes(),
        RowSetDigest.kept(table.properties(), digest));
  }

  /** All rows go to the first slice; the others are empty. */
  private long copy(Lane lane, TableDefinition table) {
    List<Slice> slices = table.slices();
    CountingSink sink = new CountingSink(lane.begin(table.name(), slices.getFirst()), progress);
    RowCopy.copy(moment.rows(table.name()), sink);
    lane.end();
    sink.tell();
    for (Slice slice : slices.subList(1, slices.size())) {
      lane.begin(table.name(), slice);
      lane.end();
    }
    return sink.rows();
  }
}
