package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Joins the changes that memory has no room for with the snapshot's rows, a range of hashes at
 * once: what becomes of which row, sorted by the row's place in the snapshot, and the new rows,
 * sorted by key where keys have an order.
 */
final class SpilledJoin {
  /**
   * What is to be done.
   *
   * @param actions parts of the work file, each sorted by ordinal
   * @param inserts parts of the work file, each sorted by key
   */
  record Plan(WorkFile file, List<Part> actions, List<Part> inserts) {}

  /** Bytes of the work file. */
  record Part(long from, long end) {}

  private final TableFold fold;
  private final WorkFile file;
  private final List<Part> actions = new ArrayList<>();
  private final List<Part> inserts = new ArrayList<>();
  private final RowBuffer line = new RowBuffer(1 << 10);

  SpilledJoin(TableFold fold, WorkFile file) {
    this.fold = fold;
    this.file = file;
  }

  /**
   * @param hits what {@link SnapshotPass} found
   * @param memory bytes that changes may take at once
   */
  Plan join(List<Run> hits, List<Run> answers, long memory) {
    long[] sizes = new long[Run.PARTS];
    for (List<Run> runs : List.of(fold.runs(), answers, hits)) {
      runs.forEach(run -> HashRange.add(run, sizes));
    }
    Loader loader = new Loader(fold.shape, fold.checked, fold.runs(), answers);
    for (HashRange range : HashRange.of(sizes, memory)) {
      EntryTable table = loader.load(range).table();
      Hits found = fold.shape.isKeyed() ? new Keyed(table) : new Counted(table);
      range.forEach(hits, found);
      // What adjoins in the file is written with no other writer between.
      synchronized (file) {
        actions.add(writeActions(table, found));
        inserts.add(writeInserts(table, found));
      }
    }
    return new Plan(file, actions, inserts);
  }

  private Part writeActions(EntryTable table, Hits found) {
    long from = file.position();
    long[] ordinals = found.ordinals;
    long[] sorted = new long[found.count];
    Arrays.setAll(sorted, i -> i);
    LongSort.sort(
        sorted, found.count, (a, b) -> Long.compare(ordinals[(int) a], ordinals[(int) b]));
    for (long i : sorted) {
      long address = table.address(found.slots[(int) i]);
      byte[] b = table.array(address);
      int at = Arena.offset(address);
      int kind = Entry.kind(b, at);
      int keyEnd = Entry.keyEnd(b, at);
      boolean gone = kind == Entry.COUNT || kind == Entry.DELETE;
      Entry.write(
          file,
          ordinals[(int) i],
          gone ? Entry.DELETE : kind,
          b,
          keyEnd,
          gone ? keyEnd : Entry.end(b, at));
    }
    return new Part(from, file.position());
  }

  private Part writeInserts(EntryTable table, Hits found) {
    long from = file.position();
    long[] left = new long[table.size()];
    int count = 0;
    for (int slot = 0; slot < table.slots(); slot++) {
      long address = table.address(slot);
      if (address != 0 && found.isNew(slot)) {
        left[count++] = address;
      }
    }
    long[] addresses = Arrays.copyOf(left, count);
    KeyOrder order = fold.shape.order();
    if (order != null) {
      KeyedOverlay.sort(addresses, table, order);
    } else {
      // As they came.
      Arrays.sort(addresses);
    }
    for (long address : addresses) {
      write(table.array(address), Arena.offset(address));
    }
    return new Part(from, file.position());
  }

  private void write(byte[] b, int at) {
    if (Entry.kind(b, at) != Entry.COUNT) {
      Run.append(file, b, at);
      return;
    }
    CountOverlay.line(b, at, line);
    for (long n = Entry.number(b, at); n > 0; n--) {
      Entry.write(file, 0, Entry.PUT, line.bytes, 0, line.length);
    }
  }

  /** Which rows of the snapshot the changes meet. */
  private abstract static class Hits implements HashRange.Taker {
    final EntryTable table;
    int count;
    long[] ordinals = new long[64];
    int[] slots = new int[64];

    Hits(EntryTable table) {
      this.table = table;
    }

    @Override
    public void take(int run, byte[] b, int at) {
      int slot = table.find(Entry.hash(b, at), b, Entry.keyStart(at), Entry.keyEnd(b, at));
      if (slot >= 0 && meets(slot, b, at)) {
        if (count == slots.length) {
          ordinals = Arrays.copyOf(ordinals, count * 2);
          slots = Arrays.copyOf(slots, count * 2);
        }
        ordinals[count] = Entry.number(b, at);
        slots[count++] = slot;
      }
    }

    /** Whether the row that was met is to be changed. */
    abstract boolean meets(int slot, byte[] b, int at);

    /** Whether the record is a new row; refuses one that needed a row and met none. */
    abstract boolean isNew(int slot);
  }

  private final class Keyed extends Hits {
    private final BitSet met = new BitSet();

    Keyed(EntryTable table) {
      super(table);
    }

    @Override
    boolean meets(int slot, byte[] b, int at) {
      int from = Entry.keyStart(at);
      int to = Entry.keyEnd(b, at);
      if (met.get(slot)) {
        throw Mismatch.twice(fold.shape, b, from, to);
      }
      met.set(slot);
      long address = table.address(slot);
      if (fold.checked && !Entry.existed(table.array(address), Arena.offset(address))) {
        throw Mismatch.existing(fold.shape, b, from, to);
      }
      return true;
    }

    @Override
    boolean isNew(int slot) {
      if (met.get(slot)) {
        return false;
      }
      byte[] b = table.array(table.address(slot));
      int at = Arena.offset(table.address(slot));
      KeyedOverlay.expectUnmet(fold.shape, fold.checked, b, at);
      return Entry.kind(b, at) == Entry.PUT;
    }
  }

  private final class Counted extends Hits {
    private final long[] dropped;

    Counted(EntryTable table) {
      super(table);
      dropped = new long[table.slots()];
    }

    private long wanted(int slot) {
      long address = table.address(slot);
      return Entry.number(table.array(address), Arena.offset(address));
    }

    @Override
    boolean meets(int slot, byte[] b, int at) {
      if (dropped[slot] >= -wanted(slot)) {
        return false;
      }
      dropped[slot]++;
      return true;
    }

    @Override
    boolean isNew(int slot) {
      byte[] b = table.array(table.address(slot));
      int at = Arena.offset(table.address(slot));
      if (fold.checked && dropped[slot] < -wanted(slot)) {
        throw Mismatch.missing(fold.shape, b, Entry.keyStart(at), Entry.keyEnd(b, at));
      }
      return wanted(slot) > 0;
    }
  }
}
