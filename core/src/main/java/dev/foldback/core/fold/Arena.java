package dev.foldback.core.fold;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.util.Arrays;

/**
 * Records one after another in large arrays. A record begins with its size as an int; its address
 * is the number of its array, from 1, and the offset in it. Arrays grow from a page to a mebibyte,
 * so that thousands of small tables cost little; a larger record has an array of its own.
 */
final class Arena {
  private static final int OFFSET_BITS = 20;
  private static final int LARGEST = 1 << OFFSET_BITS;
  private static final int SMALLEST = 1 << 12;

  /** Bits that an address has. */
  static final int ADDRESS_BITS = 40;

  private static final byte[] GONE = {};

  private byte[][] segments = new byte[2][];
  private int[] used = new int[2];
  private int count;
  private long allocated;

  /** Room for a record of this size, which is written to its start. */
  long add(long size) {
    if (size > Integer.MAX_VALUE - 16) {
      throw new FoldbackException(
          ErrorCode.VALUE_TOO_LARGE,
          "a changed row needs " + size + " bytes with its key; it can't be held in one array",
          "Restore the snapshot alone with --snapshot, or leave this table out with --exclude.");
    }
    int need = (int) size;
    if (count == 0 || need > segments[count].length - used[count]) {
      open(need);
    }
    int offset = used[count];
    used[count] = offset + need;
    Bytes.putInt(segments[count], offset, need);
    return ((long) count << OFFSET_BITS) | offset;
  }

  private void open(int need) {
    int size = Math.max(need, standard());
    count++;
    if (count == segments.length) {
      segments = Arrays.copyOf(segments, count * 2);
      used = Arrays.copyOf(used, count * 2);
    }
    segments[count] = new byte[size];
    used[count] = 0;
    allocated += size;
  }

  /** Doubles what there is, so that at most half of it is yet unused. */
  private int standard() {
    return (int) Math.max(SMALLEST, Math.min(LARGEST, Long.highestOneBit(Math.max(1, allocated))));
  }

  byte[] array(long address) {
    return segments[(int) (address >>> OFFSET_BITS)];
  }

  static int offset(long address) {
    return (int) address & (LARGEST - 1);
  }

  /** Bytes of memory that it takes. */
  long allocated() {
    return allocated;
  }

  /** The address of the first record, or 0. */
  long first() {
    return count == 0 ? 0 : 1L << OFFSET_BITS;
  }

  /** The address of the record after this one, or 0. */
  long next(long address) {
    int segment = (int) (address >>> OFFSET_BITS);
    int offset = offset(address) + Bytes.getInt(segments[segment], offset(address));
    if (offset < used[segment]) {
      return ((long) segment << OFFSET_BITS) | offset;
    }
    return segment < count ? (long) (segment + 1) << OFFSET_BITS : 0;
  }

  /** Gives the memory of the arrays before that of this address back; they must not be read. */
  void releaseBefore(long address) {
    for (int s = (int) (address >>> OFFSET_BITS) - 1; s > 0 && segments[s].length > 0; s--) {
      segments[s] = GONE;
    }
  }
}
