package dev.foldback.core.fold;

import java.util.Arrays;

/**
 * A hash table of records in an {@link Arena}, by key: open addressing over longs that hold 24 bits
 * of the hash and an address. Replaced records leave garbage, which is swept when it is half of
 * all. The place of a record in the table ({@code slot}) stays until the next change.
 */
final class EntryTable {
  private static final long ADDRESS = (1L << Arena.ADDRESS_BITS) - 1;
  private static final int FIRST_SLOTS = 64;
  private static final long SWEPT_FROM = 1 << 16;

  private Arena arena = new Arena();
  private long[] slots = new long[FIRST_SLOTS];
  private int size;
  private long bytes;
  private long garbage;

  /** The slot of the key, or the complement of a free one. */
  int find(long hash, byte[] key, int from, int to) {
    int mask = slots.length - 1;
    long tag = hash & ~ADDRESS;
    for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
      long slot = slots[i];
      if (slot == 0) {
        return ~i;
      }
      if ((slot & ~ADDRESS) == tag) {
        long address = slot & ADDRESS;
        if (Entry.hasKey(arena.array(address), Arena.offset(address), key, from, to)) {
          return i;
        }
      }
    }
  }

  /** Of the record in the slot; 0 where it is free. */
  long address(int slot) {
    return slots[slot] & ADDRESS;
  }

  byte[] array(long address) {
    return arena.array(address);
  }

  /**
   * Keeps a record under a key that {@link #find} did not find.
   *
   * @param slot the complement of what it gave
   */
  void insert(
      int slot,
      long hash,
      boolean existed,
      int kind,
      byte[] key,
      int keyFrom,
      int keyTo,
      byte[] payload,
      int from,
      int to) {
    long address = Entry.append(arena, hash, existed, kind, key, keyFrom, keyTo, payload, from, to);
    slots[slot] = (hash & ~ADDRESS) | address;
    bytes += Entry.size(arena.array(address), Arena.offset(address));
    size++;
    tidy();
  }

  /** Replaces the state of a record; the key must not be an array of this table. */
  void replace(
      int slot, boolean existed, int kind, byte[] key, int keyFrom, byte[] payload, int f, int t) {
    long address = address(slot);
    byte[] b = arena.array(address);
    int at = Arena.offset(address);
    if (Entry.replace(b, at, existed, kind, payload, f, t)) {
      return;
    }
    long hash = Entry.hash(b, at);
    int keyTo = keyFrom + (Entry.keyEnd(b, at) - Entry.keyStart(at));
    long moved = Entry.append(arena, hash, existed, kind, key, keyFrom, keyTo, payload, f, t);
    slots[slot] = (hash & ~ADDRESS) | moved;
    bytes += Entry.size(arena.array(moved), Arena.offset(moved));
    garbage += Entry.size(b, at);
    Entry.kill(b, at);
    tidy();
  }

  /** Adds to a count, which is worth nothing at 0. */
  void count(int slot, long more) {
    long address = address(slot);
    byte[] b = arena.array(address);
    int at = Arena.offset(address);
    long before = Entry.number(b, at);
    long after = before + more;
    Entry.number(b, at, after);
    if (after == 0) {
      garbage += Entry.size(b, at);
      tidy();
    } else if (before == 0) {
      garbage -= Entry.size(b, at);
    }
  }

  private void tidy() {
    if (garbage > SWEPT_FROM && garbage * 2 > bytes) {
      sweep();
    }
    if (size * 3L > slots.length * 2L) {
      rebuild(slots.length * 2);
    }
  }

  private void sweep() {
    Arena old = arena;
    arena = new Arena();
    bytes = 0;
    garbage = 0;
    long segment = -1;
    for (long a = old.first(); a != 0; a = old.next(a)) {
      byte[] b = old.array(a);
      int at = Arena.offset(a);
      if (isOfUse(b, at)) {
        int keyEnd = Entry.keyEnd(b, at);
        int end = Entry.end(b, at);
        int kind = Entry.kind(b, at);
        boolean existed = Entry.existed(b, at);
        int key = Entry.keyStart(at);
        var _ =
            Entry.append(arena, Entry.hash(b, at), existed, kind, b, key, keyEnd, b, keyEnd, end);
        bytes += end - at;
      }
      if (a >>> 20 != segment) {
        segment = a >>> 20;
        old.releaseBefore(a);
      }
    }
    rebuild(slots.length);
  }

  private void rebuild(int length) {
    if (length == slots.length) {
      Arrays.fill(slots, 0);
    } else {
      slots = new long[length];
    }
    size = 0;
    int mask = length - 1;
    for (long a = arena.first(); a != 0; a = arena.next(a)) {
      byte[] b = arena.array(a);
      int at = Arena.offset(a);
      if (Entry.kind(b, at) != Entry.DEAD) {
        long hash = Entry.hash(b, at);
        int i = (int) hash & mask;
        while (slots[i] != 0) {
          i = (i + 1) & mask;
        }
        slots[i] = (hash & ~ADDRESS) | a;
        size++;
      }
    }
  }

  /** Whether a record says anything. */
  static boolean isOfUse(byte[] b, int at) {
    int kind = Entry.kind(b, at);
    return kind != Entry.DEAD && (kind != Entry.COUNT || Entry.number(b, at) != 0);
  }

  Arena arena() {
    return arena;
  }

  int slots() {
    return slots.length;
  }

  /** Keys that it holds, counts of 0 included. */
  int size() {
    return size;
  }

  /** Bytes of memory that it takes. */
  long allocated() {
    return arena.allocated() + slots.length * (long) Long.BYTES;
  }
}
