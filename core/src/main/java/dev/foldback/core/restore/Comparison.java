package dev.foldback.core.restore;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.FrameRecord;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.work.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads restored tables back, slice by slice, and compares their frames with the recorded ones, or
 * where rows come out of a fold the digest of all of a table's rows.
 */
final class Comparison {
  private final SnapshotReader reader;
  private final LoadSession session;
  private final Progress progress;
  private final Queue<Piece> pieces;
  private final List<Finding> differences = Collections.synchronizedList(new ArrayList<>());

  private final Queue<TableDefinition> differing = new ConcurrentLinkedQueue<>();
  private final Map<TableName, TableDigest> digests = new HashMap<>();

  private record Piece(TableDefinition table, Slice slice) {}

  Comparison(
      SnapshotReader reader, LoadSession session, List<TableDefinition> tables, Progress progress) {
    this.reader = reader;
    this.session = session;
    this.progress = progress;
    for (TableDefinition table : tables) {
      reader
          .digest(table.name())
          .ifPresent(expected -> digests.put(table.name(), new TableDigest(table, expected)));
    }
    this.pieces =
        new ConcurrentLinkedQueue<>(
            tables.stream()
                .flatMap(table -> table.slices().stream().map(slice -> new Piece(table, slice)))
                .sorted(Comparator.comparingLong((Piece p) -> p.slice.estimatedBytes()).reversed())
                .toList());
  }

  /** Every difference, an ERROR each; empty where all is equal. */
  List<Finding> run(int threads) {
    Workers.run("compare", Math.max(1, Math.min(threads, pieces.size())), this::work);
    return List.copyOf(differences);
  }

  private void work() throws InterruptedException {
    for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      String item = piece.table.name().toString();
      progress.begin(item);
      compare(piece);
      progress.end(item);
    }
  }

  private void compare(Piece piece) {
    TableDigest whole = digests.get(piece.table.name());
    if (whole != null) {
      whole
          .read(session, piece.slice, progress)
          .ifPresent(difference -> differs(piece.table, difference));
      return;
    }
    List<FrameRecord> expected = reader.frames(piece.table.name(), piece.slice);
    ToldOnce told = new ToldOnce(progress);
    List<ComparingSink> given = new ArrayList<>(1);
    session.read(
        piece.table,
        piece.slice,
        () -> {
          given.clear();
          given.add(sink(piece, expected, told));
          return given.getFirst();
        });
    ComparingSink last = given.isEmpty() ? sink(piece, expected, told) : given.getFirst();
    last.end().ifPresent(difference -> differs(piece.table, difference));
  }

  private static ComparingSink sink(Piece piece, List<FrameRecord> expected, ToldOnce told) {
    return new ComparingSink(piece.table, piece.slice, expected, told.fromTheBeginning());
  }

  private void differs(TableDefinition table, Finding difference) {
    differing.add(table);
    differences.add(difference);
    progress.finding(difference);
  }

  /** The tables that the differences are in. */
  List<TableDefinition> differing() {
    return differing.stream().distinct().toList();
  }
}
