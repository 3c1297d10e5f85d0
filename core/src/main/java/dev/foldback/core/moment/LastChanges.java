package dev.foldback.core.moment;

/** When each row of a table was last changed, by a 64-bit hash of its key. */
final class LastChanges {
  private final int[] key;
  private long[] hashes = new long[1 << 10];
  private long[] times = new long[1 << 10];
  private int size;

  /**
   * @param key places of the key's columns
   */
  LastChanges(int[] key) {
    this.key = key;
  }

  int[] key() {
    return key;
  }

  /**
   * @param values of the row's key
   * @return whether the row was not known yet
   */
  boolean put(byte[] values, long time) {
    if (size * 2 > hashes.length) {
      grow();
    }
    long hash = hash(values);
    int at = find(hash);
    boolean fresh = hashes[at] == 0;
    hashes[at] = hash;
    times[at] = time;
    size += fresh ? 1 : 0;
    return fresh;
  }

  long get(byte[] values) {
    return times[find(hash(values))];
  }

  /** 0 where it never was. */
  long get(byte[] row, int[] ends) {
    return get(Values.join(row, ends, 0, key));
  }

  private int find(long hash) {
    int mask = hashes.length - 1;
    int at = (int) (hash ^ hash >>> 32) & mask;
    while (hashes[at] != 0 && hashes[at] != hash) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldTimes = times;
    hashes = new long[oldHashes.length * 2];
    times = new long[oldTimes.length * 2];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0) {
        int at = find(oldHashes[i]);
        hashes[at] = oldHashes[i];
        times[at] = oldTimes[i];
      }
    }
  }

  /** FNV-1a with the 64-bit finaliser of MurmurHash3; never 0. */
  private static long hash(byte[] bytes) {
    long h = 0xcbf29ce484222325L;
    for (byte b : bytes) {
      h = (h ^ (b & 0xFF)) * 0x100000001b3L;
    }
    h ^= h >>> 33;
    h *= 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    return h == 0 ? 1 : h;
  }
}
