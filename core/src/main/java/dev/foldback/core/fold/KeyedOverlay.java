package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The changes of a table with a key, in memory. Which of them found their row is kept by slot. */
final class KeyedOverlay extends Overlay {
  private final KeyShape shape;
  private final boolean checked;
  private final EntryTable table;
  private final long[] inserts;
  private final @Nullable KeyOrder order;
  private final KeyReader key;
  private final RowBuffer patched = new RowBuffer(1 << 10);
  private final BitSet met = new BitSet();
  private final BitSet given = new BitSet();
  private int next;

  /**
   * @param inserts from {@link #inserts}
   */
  KeyedOverlay(TableFold fold, long[] inserts) {
    this.shape = fold.shape;
    this.checked = fold.checked;
    this.table = fold.table();
    this.inserts = inserts;
    this.order = shape.order();
    this.key = new KeyReader(shape);
  }

  /** The addresses of rows that may be new, in the order in which they are to come. */
  static long[] inserts(TableFold fold) {
    EntryTable table = fold.table();
    Arena arena = table.arena();
    // Counted first, because there may be as many as memory has room for.
    int count = 0;
    for (long a = arena.first(); a != 0; a = arena.next(a)) {
      count += mayBeNew(arena.array(a), Arena.offset(a), fold.checked) ? 1 : 0;
    }
    long[] inserts = new long[count];
    int next = 0;
    for (long a = arena.first(); a != 0; a = arena.next(a)) {
      if (mayBeNew(arena.array(a), Arena.offset(a), fold.checked)) {
        inserts[next++] = a;
      }
    }
    KeyOrder order = fold.shape.order();
    if (order != null) {
      sort(inserts, table, order);
    }
    return inserts;
  }

  private static boolean mayBeNew(byte[] b, int at, boolean checked) {
    return Entry.kind(b, at) == Entry.PUT && !(checked && Entry.existed(b, at));
  }

  /** Puts records in the order of their keys. */
  static void sort(long[] addresses, EntryTable table, KeyOrder order) {
    LongSort.sort(
        addresses,
        addresses.length,
        (x, y) -> {
          byte[] a = table.array(x);
          byte[] b = table.array(y);
          int i = Arena.offset(x);
          int j = Arena.offset(y);
          int aEnd = Entry.keyEnd(a, i);
          return order.compare(
              a, Entry.keyStart(i), aEnd, b, Entry.keyStart(j), Entry.keyEnd(b, j));
        });
  }

  @Override
  void meet(RowScan row) {
    key.ofRow(row.bytes, row.from, row.to);
  }

  @Override
  boolean insertsBefore() {
    return order != null && insert(order);
  }

  @Override
  boolean insertsAtEnd() {
    return insert(null);
  }

  private boolean insert(@Nullable KeyOrder bound) {
    while (next < inserts.length) {
      byte[] b = table.array(inserts[next]);
      int at = Arena.offset(inserts[next]);
      int start = Entry.keyStart(at);
      int end = Entry.keyEnd(b, at);
      if (bound != null && bound.compare(b, start, end, key.bytes, key.from, key.to) >= 0) {
        return false;
      }
      next++;
      int slot = table.find(Entry.hash(b, at), b, start, end);
      if (!met.get(slot)) {
        given.set(slot);
        give(b, end, Entry.end(b, at));
        return true;
      }
    }
    return false;
  }

  @Override
  Fate fate(RowScan row) {
    int slot = table.find(key.hash, key.bytes, key.from, key.to);
    if (slot < 0) {
      return Fate.KEPT;
    }
    if (met.get(slot)) {
      throw Mismatch.twice(shape, key.bytes, key.from, key.to);
    }
    met.set(slot);
    long address = table.address(slot);
    byte[] b = table.array(address);
    int at = Arena.offset(address);
    if (checked && !Entry.existed(b, at)) {
      throw Mismatch.existing(shape, key.bytes, key.from, key.to);
    }
    int kind = Entry.kind(b, at);
    // A new row that was given before its old one was met: unchecked, and the snapshot not in order
    if (kind == Entry.DELETE || given.get(slot)) {
      return Fate.DROPPED;
    }
    int keyEnd = Entry.keyEnd(b, at);
    int end = Entry.end(b, at);
    if (kind == Entry.PUT) {
      give(b, keyEnd, end);
      return Fate.REPLACED;
    }
    patched.clear();
    Patch.overRow(shape, row.bytes, row.from, b, keyEnd, end, patched);
    give(patched.bytes, 0, patched.length);
    return Fate.REPLACED;
  }

  @Override
  void end() {
    for (int slot = 0; slot < table.slots(); slot++) {
      long address = table.address(slot);
      if (address != 0 && !met.get(slot)) {
        byte[] b = table.array(address);
        expectUnmet(shape, checked, b, Arena.offset(address));
      }
    }
  }

  /** Refuses a change whose row the snapshot lacks. */
  static void expectUnmet(KeyShape shape, boolean checked, byte[] b, int at) {
    if ((checked && Entry.existed(b, at)) || Entry.kind(b, at) == Entry.PATCH) {
      throw Mismatch.missing(shape, b, Entry.keyStart(at), Entry.keyEnd(b, at));
    }
  }
}
