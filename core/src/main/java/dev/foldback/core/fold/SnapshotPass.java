package dev.foldback.core.fold;

import dev.foldback.core.engine.RowSource;
import java.util.List;

/**
 * Reads a snapshot's rows once to learn which of them the changes are about, and where they are. A
 * {@link Bloom} filter lets a few more through than there are.
 */
final class SnapshotPass {
  private final KeyShape shape;
  private final Bloom changed;
  private final Bloom asked;
  private final boolean hasMoves;
  private final Moves.RunWriter hits;
  private final Moves.RunWriter origins;

  SnapshotPass(TableFold table, WorkFile file, long memory) {
    shape = table.shape;
    changed = filter(table.runs(), memory);
    asked = filter(table.moves(), memory);
    hasMoves = !table.moves().isEmpty();
    hits = new Moves.RunWriter(file, memory);
    origins = new Moves.RunWriter(file, memory);
  }

  private static Bloom filter(List<Run> runs, long memory) {
    Bloom filter = new Bloom(runs.stream().mapToLong(Run::records).sum(), memory);
    for (Run run : runs) {
      RecordReader reader = run.all();
      while (reader.next()) {
        filter.add(Entry.hash(reader.bytes, reader.at));
      }
    }
    return filter;
  }

  /**
   * What was found.
   *
   * @param hits the keys of rows that may have changes, with the row's ordinal
   * @param origins rows that may have got another key, under their key
   */
  record Found(List<Run> hits, List<Run> origins) {
    static final Found NONE = new Found(List.of(), List.of());
  }

  Found over(RowSource snapshot) {
    KeyReader key = new KeyReader(shape);
    byte[] ordinal = new byte[Long.BYTES];
    RowScan.each(
        snapshot,
        scan -> {
          key.ofRow(scan.bytes, scan.from, scan.to);
          if (changed.mayHold(key.hash)) {
            Bytes.putLong(ordinal, 0, scan.ordinal);
            add(hits, Entry.HIT, key, ordinal, 0, ordinal.length);
          }
          if (hasMoves && asked.mayHold(key.hash)) {
            add(origins, Entry.PUT, key, scan.bytes, scan.from, scan.to);
          }
        });
    return new Found(hits.end(), origins.end());
  }

  private static void add(
      Moves.RunWriter out, int kind, KeyReader key, byte[] payload, int from, int to) {
    out.add(key.hash, kind, key.bytes, key.from, key.to, payload, from, to);
  }
}
