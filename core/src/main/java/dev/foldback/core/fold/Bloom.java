package dev.foldback.core.fold;

/** Tells of most hashes that were not added that they were not. */
final class Bloom {
  private static final int PROBES = 4;
  private static final int BITS_EACH = 12;
  private final long[] bits;

  /**
   * @param expected how many hashes will be added
   * @param memory bytes that it may take
   */
  Bloom(long expected, long memory) {
    long words = Math.max(1, Math.min(expected * BITS_EACH / Long.SIZE + 1, memory / Long.BYTES));
    bits = new long[(int) Long.highestOneBit(Math.min(words, 1 << 28))];
  }

  void add(long hash) {
    long step = (hash >>> 32) | 1;
    long h = hash;
    for (int i = 0; i < PROBES; i++) {
      bits[word(h)] |= 1L << h;
      h += step;
    }
  }

  boolean mayHold(long hash) {
    long step = (hash >>> 32) | 1;
    long h = hash;
    for (int i = 0; i < PROBES; i++) {
      if ((bits[word(h)] & (1L << h)) == 0) {
        return false;
      }
      h += step;
    }
    return true;
  }

  private int word(long h) {
    return (int) (h >>> 6) & (bits.length - 1);
  }
}
