package dev.foldback.core.backup;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.ServerSnapshot;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.CountingSink;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Lane;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.work.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads all slices on several threads, each with a lane of its own. Tables that hold a lock come
 * first, then the largest slices, so that no thread is left with a large one at the end.
 */
final class SliceReading {
  private static final Comparator<Piece> ORDER =
      Comparator.comparing((Piece p) -> !holdsLock(p.table))
          .thenComparing(
              Comparator.comparingLong((Piece p) -> p.slice.estimatedBytes()).reversed());

  private final ServerSnapshot snapshot;
  private final SnapshotWriter writer;
  private final Progress progress;
  private final Queue<Piece> pieces;
  private final AtomicLong rows = new AtomicLong();

  private record Piece(TableDefinition table, Slice slice) {}

  SliceReading(ServerSnapshot snapshot, SnapshotWriter writer, Progress progress) {
    this.snapshot = snapshot;
    this.writer = writer;
    this.progress = progress;
    this.pieces = new ConcurrentLinkedQueue<>(inOrder(snapshot.tables()));
  }

  private static List<Piece> inOrder(List<TableDefinition> tables) {
    // Of equal ones the last first: their definitions were read last, so the server has them open.
    return tables.reversed().stream()
        .flatMap(table -> table.slices().stream().map(slice -> new Piece(table, slice)))
        .sorted(ORDER)
        .toList();
  }

  private static boolean holdsLock(TableDefinition table) {
    return "no".equals(table.properties().get("transactional"));
  }

  /** Reads everything and returns how many rows there were. */
  long run(int threads) {
    Workers.run("read", Math.max(1, Math.min(threads, pieces.size())), this::work);
    return rows.get();
  }

  private void work() throws InterruptedException {
    try (Lane lane = writer.openLane()) {
      for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        read(lane, piece);
      }
    }
  }

  private void read(Lane lane, Piece piece) {
    String item = piece.table.name().toString();
    progress.begin(item);
    CountingSink sink = new CountingSink(lane.begin(piece.table.name(), piece.slice), progress);
    long read = snapshot.read(piece.table, piece.slice, sink);
    if (read != sink.rows()) {
      throw new FoldbackException(
          ErrorCode.INTERNAL,
          item + ": the server sent " + read + " rows, " + sink.rows() + " were framed",
          "Nothing was committed. Please report this.");
    }
    lane.end();
    sink.tell();
    rows.addAndGet(read);
    progress.end(item);
  }
}
