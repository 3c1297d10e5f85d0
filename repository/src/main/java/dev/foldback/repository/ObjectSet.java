package dev.foldback.repository;

import java.nio.ByteBuffer;

/**
 * Names of objects, four words each: a repository has many. Hashes are even already, so a name's
 * first word tells its place. Safe for several threads.
 */
final class ObjectSet {
  private static final int WORDS = Hash.BYTES / Long.BYTES;
  private static final int SMALLEST = 1 << 10;

  private long[] words = new long[SMALLEST * WORDS];
  private boolean[] taken = new boolean[SMALLEST];
  private int size;

  /** Whether it was not there before. */
  synchronized boolean add(String name) {
    if (size * 2 >= taken.length) {
      grow();
    }
    return put(parse(name));
  }

  synchronized boolean has(String name) {
    return taken[slot(parse(name))];
  }

  synchronized int size() {
    return size;
  }

  private static long[] parse(String name) {
    ByteBuffer bytes = ByteBuffer.wrap(Hash.parse(name));
    long[] key = new long[WORDS];
    bytes.asLongBuffer().get(key);
    return key;
  }

  private boolean put(long[] key) {
    int slot = slot(key);
    if (taken[slot]) {
      return false;
    }
    taken[slot] = true;
    System.arraycopy(key, 0, words, slot * WORDS, WORDS);
    size++;
    return true;
  }

  /** Where the name is, or would go. */
  private int slot(long[] key) {
    int slot = (int) key[0] & (taken.length - 1);
    while (taken[slot] && !isAt(slot, key)) {
      slot = (slot + 1) & (taken.length - 1);
    }
    return slot;
  }

  private boolean isAt(int slot, long[] key) {
    for (int i = 0; i < WORDS; i++) {
      if (words[slot * WORDS + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    long[] before = words;
    boolean[] was = taken;
    words = new long[before.length * 2];
    taken = new boolean[was.length * 2];
    size = 0;
    long[] key = new long[WORDS];
    for (int slot = 0; slot < was.length; slot++) {
      if (was[slot]) {
        System.arraycopy(before, slot * WORDS, key, 0, WORDS);
        var _ = put(key);
      }
    }
  }
}
