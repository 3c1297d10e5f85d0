package dev.foldback.core.fold;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of hashes, as unsigned numbers, that is worked on at once.
 *
 * @param first the first that belongs to it
 * @param last the last that belongs to it
 */
record HashRange(long first, long last) {
  private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(Run.PARTS);

  int firstPart() {
    return Run.part(first);
  }

  int lastPart() {
    return Run.part(last);
  }

  boolean holds(long hash) {
    return Long.compareUnsigned(hash, first) >= 0 && Long.compareUnsigned(hash, last) <= 0;
  }

  /**
   * Joins parts while they fit; a part that doesn't fit alone is cut, and read once for each piece.
   *
   * @param sizes bytes of each part of a {@link Run}
   * @param limit bytes that a range should have at most
   */
  static List<HashRange> of(long[] sizes, long limit) {
    List<HashRange> ranges = new ArrayList<>();
    int part = 0;
    while (part < sizes.length) {
      if (sizes[part] > limit) {
        cut(part, sizes[part] / limit + 1, ranges);
        part++;
        continue;
      }
      int end = part;
      long sum = 0;
      while (end < sizes.length && sum + sizes[end] <= limit) {
        sum += sizes[end++];
      }
      if (sum > 0) {
        ranges.add(new HashRange((long) part << SHIFT, lastOf(end - 1)));
      }
      part = end;
    }
    return ranges;
  }

  private static long lastOf(int part) {
    return ((part + 1L) << SHIFT) - 1;
  }

  private static void cut(int part, long wanted, List<HashRange> ranges) {
    long pieces = Long.highestOneBit(Math.min(wanted, 1 << 20)) << 1;
    long first = (long) part << SHIFT;
    long length = (1L << SHIFT) / pieces;
    for (long i = 0; i < pieces; i++) {
      ranges.add(new HashRange(first + i * length, first + (i + 1) * length - 1));
    }
  }

  /** Adds the sizes of the run's parts. */
  static void add(Run run, long[] sizes) {
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] += run.size(i);
    }
  }

  /** Hands every record of the runs that is in the range, run by run. */
  void forEach(List<Run> runs, Taker taker) {
    for (int i = 0; i < runs.size(); i++) {
      RecordReader reader = runs.get(i).parts(firstPart(), lastPart());
      while (reader.next()) {
        if (holds(Entry.hash(reader.bytes, reader.at))) {
          taker.take(i, reader.bytes, reader.at);
        }
      }
    }
  }

  /** Takes records. */
  interface Taker {
    /**
     * @param run the index of the run that holds it
     */
    void take(int run, byte[] bytes, int at);
  }
}
