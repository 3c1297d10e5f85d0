package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;

/** The changes of a table with no key, in memory: rows that go, and rows that come at the end. */
final class CountOverlay extends Overlay {
  private final KeyShape shape;
  private final boolean checked;
  private final EntryTable table;
  private final KeyReader key;
  private final long[] dropped;
  private final RowBuffer row = new RowBuffer(1 << 10);
  private long record;
  private long left;

  CountOverlay(TableFold fold) {
    shape = fold.shape;
    checked = fold.checked;
    table = fold.table();
    key = new KeyReader(shape);
    dropped = new long[table.slots()];
    record = table.arena().first();
    left = count(record);
  }

  private long count(long address) {
    if (address == 0) {
      return 0;
    }
    byte[] b = table.array(address);
    int at = Arena.offset(address);
    return Entry.kind(b, at) == Entry.COUNT ? Entry.number(b, at) : 0;
  }

  @Override
  void meet(RowScan row) {
    key.ofRow(row.bytes, row.from, row.to);
  }

  @Override
  boolean insertsBefore() {
    return false;
  }

  @Override
  Fate fate(RowScan row) {
    int slot = table.find(key.hash, key.bytes, key.from, key.to);
    if (slot >= 0 && dropped[slot] < -count(table.address(slot))) {
      dropped[slot]++;
      return Fate.DROPPED;
    }
    return Fate.KEPT;
  }

  @Override
  boolean insertsAtEnd() {
    while (record != 0) {
      if (left > 0) {
        left--;
        byte[] b = table.array(record);
        line(b, Arena.offset(record), row);
        give(row.bytes, 0, row.length);
        return true;
      }
      record = table.arena().next(record);
      left = count(record);
    }
    return false;
  }

  /** The row that a record counts. */
  static void line(byte[] b, int at, RowBuffer out) {
    out.clear();
    Patch.append(out, b, Entry.keyStart(at), Entry.keyEnd(b, at));
    out.reserve(1);
    out.bytes[out.length++] = '\n';
  }

  @Override
  void end() {
    for (int slot = 0; checked && slot < table.slots(); slot++) {
      long address = table.address(slot);
      if (address != 0 && dropped[slot] < -count(address)) {
        byte[] b = table.array(address);
        int at = Arena.offset(address);
        throw Mismatch.missing(shape, b, Entry.keyStart(at), Entry.keyEnd(b, at));
      }
    }
  }
}
