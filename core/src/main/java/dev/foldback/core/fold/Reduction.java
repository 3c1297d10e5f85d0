package dev.foldback.core.fold;

import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.frame.RowBuffer;
import java.util.Arrays;

/**
 * What a further change makes of what is known of a row. What is kept says what became of the row
 * since some moment; of the state at that moment it is known only that the row was there or not.
 */
final class Reduction {
  private static final byte[] NOTHING = {};

  private final KeyShape shape;
  private final boolean checked;
  private final EntryTable table = new EntryTable();
  private final Tails tails;
  private final RowBuffer scratch = new RowBuffer(1 << 10);
  private final byte[] number = new byte[Long.BYTES];

  /**
   * @param checked whether a change that can't be is an error; if not, what comes later counts
   */
  Reduction(KeyShape shape, boolean checked) {
    this.shape = shape;
    this.checked = checked;
    this.tails = new Tails(shape);
  }

  /** All that is known, with every patch in its row. */
  EntryTable table() {
    while (!tails.isEmpty()) {
      byte[] key = tails.anyKey();
      settle(key, 0, key.length);
    }
    return table;
  }

  /** Bytes of memory that it takes. */
  long allocated() {
    return table.allocated() + tails.allocated();
  }

  /**
   * Applies a change.
   *
   * @param expected whether the row must be there, or must not
   */
  void apply(
      long hash,
      byte[] key,
      int from,
      int to,
      boolean expected,
      int kind,
      byte[] payload,
      int pFrom,
      int pTo) {
    int slot = table.find(hash, key, from, to);
    if (slot < 0) {
      table.insert(~slot, hash, expected, kind, key, from, to, payload, pFrom, pTo);
      return;
    }
    long address = table.address(slot);
    byte[] b = table.array(address);
    int at = Arena.offset(address);
    int state = Entry.kind(b, at);
    boolean exists = state != Entry.DELETE;
    if (exists != expected && checked) {
      throw exists
          ? Mismatch.existing(shape, key, from, to)
          : Mismatch.missing(shape, key, from, to);
    }
    boolean existed = Entry.existed(b, at);
    if (kind != Entry.PATCH) {
      // What was to come over the row before is void.
      tails.remove(key, from, to);
      table.replace(slot, existed, kind, key, from, payload, pFrom, pTo);
    } else if (state != Entry.PENDING) {
      if (!exists) {
        throw Mismatch.missing(shape, key, from, to);
      }
      int size = Entry.end(b, at) - Entry.keyEnd(b, at);
      if (Tails.isFor(size)) {
        defer(hash, key, from, to, payload, pFrom, pTo, size);
      } else {
        scratch.clear();
        carry(b, at, state, payload, pFrom, pTo);
        table.replace(slot, existed, state, key, from, scratch.bytes, 0, scratch.length);
      }
    }
  }

  /** Has the patch wait until those of the row are half of it. */
  private void defer(
      long hash, byte[] key, int from, int to, byte[] patch, int pFrom, int pTo, int size) {
    int waiting;
    try {
      waiting = tails.add(hash, key, from, to, patch, pFrom, pTo);
    } catch (UnfitEditsException e) {
      throw Mismatch.unfit(shape, key, from, to, e);
    }
    if (waiting > size / 2) {
      settle(key, from, to);
    }
  }

  /** Puts what waits for a row over it. */
  private void settle(byte[] key, int from, int to) {
    Tails.Tail tail = tails.remove(key, from, to);
    if (tail == null) {
      return;
    }
    int slot = table.find(tail.hash, key, from, to);
    long address = table.address(slot);
    byte[] b = table.array(address);
    int at = Arena.offset(address);
    scratch.clear();
    try {
      byte[] patch = tails.joined(tail);
      carry(b, at, Entry.kind(b, at), patch, 0, patch.length);
    } catch (UnfitEditsException e) {
      throw Mismatch.unfit(shape, key, from, to, e);
    }
    int state = Entry.kind(b, at);
    boolean existed = Entry.existed(b, at);
    table.replace(slot, existed, state, key, from, scratch.bytes, 0, scratch.length);
  }

  /** The state with the patch over it, in the scratch buffer. */
  private void carry(byte[] b, int at, int state, byte[] patch, int from, int to) {
    int base = Entry.keyEnd(b, at);
    if (state == Entry.PUT) {
      Patch.overRow(shape, b, base, patch, from, to, scratch);
      return;
    }
    if (state == Entry.MOVED) {
      int originEnd = originEnd(b, base);
      Patch.append(scratch, b, base, originEnd);
      base = originEnd;
    }
    try {
      Patch.overPatch(shape, b, base, patch, from, to, scratch);
    } catch (UnfitEditsException e) {
      throw Mismatch.unfit(shape, b, Entry.keyStart(at), Entry.keyEnd(b, at), e);
    }
  }

  /**
   * A row gets another key, and the log left some of its columns out.
   *
   * @param patch of the columns that the log has
   */
  void move(KeyReader before, KeyReader after, RowBuffer patch) {
    settle(before.bytes, before.from, before.to);
    int slot = table.find(before.hash, before.bytes, before.from, before.to);
    scratch.clear();
    int kind = Entry.MOVED;
    if (slot < 0) {
      appendOrigin(before.bytes, before.from, before.to);
      Patch.append(scratch, patch.bytes, 0, patch.length);
    } else {
      long address = table.address(slot);
      byte[] b = table.array(address);
      int at = Arena.offset(address);
      int state = Entry.kind(b, at);
      if (state == Entry.DELETE) {
        throw Mismatch.missing(shape, before.bytes, before.from, before.to);
      }
      if (state == Entry.PATCH) {
        appendOrigin(before.bytes, before.from, before.to);
      }
      carry(b, at, state, patch.bytes, 0, patch.length);
      kind = state == Entry.PUT ? Entry.PUT : Entry.MOVED;
    }
    int start = 0;
    if (kind == Entry.MOVED && isOrigin(after)) {
      kind = Entry.PATCH;
      start = originEnd(scratch.bytes, 0);
    }
    apply(before.hash, before.bytes, before.from, before.to, true, Entry.DELETE, NOTHING, 0, 0);
    byte[] moved = scratch.bytes;
    put(after, kind, moved, start, scratch.length);
  }

  /** As {@link #apply} of a new row; a patch here is a row that is back under its first key. */
  private void put(KeyReader key, int kind, byte[] payload, int from, int to) {
    int slot = table.find(key.hash, key.bytes, key.from, key.to);
    if (slot < 0 || kind != Entry.PATCH) {
      apply(key.hash, key.bytes, key.from, key.to, false, kind, payload, from, to);
      return;
    }
    long address = table.address(slot);
    byte[] b = table.array(address);
    int at = Arena.offset(address);
    if (checked && Entry.kind(b, at) != Entry.DELETE) {
      throw Mismatch.existing(shape, key.bytes, key.from, key.to);
    }
    tails.remove(key.bytes, key.from, key.to);
    table.replace(slot, Entry.existed(b, at), kind, key.bytes, key.from, payload, from, to);
  }

  private void appendOrigin(byte[] key, int from, int to) {
    scratch.reserve(Integer.BYTES);
    Bytes.putInt(scratch.bytes, scratch.length, to - from);
    scratch.length += Integer.BYTES;
    Patch.append(scratch, key, from, to);
  }

  private boolean isOrigin(KeyReader key) {
    int end = originEnd(scratch.bytes, 0);
    return Arrays.equals(scratch.bytes, Integer.BYTES, end, key.bytes, key.from, key.to);
  }

  /** Where the patch of a {@link Entry#MOVED} begins. */
  static int originEnd(byte[] payload, int at) {
    return at + Integer.BYTES + Bytes.getInt(payload, at);
  }

  /** There are so many more of these rows. */
  void count(long hash, byte[] row, int from, int to, long more) {
    int slot = table.find(hash, row, from, to);
    if (slot >= 0) {
      table.count(slot, more);
      return;
    }
    Bytes.putLong(number, 0, more);
    table.insert(~slot, hash, false, Entry.COUNT, row, from, to, number, 0, number.length);
  }
}
