package dev.foldback.core.fold;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, a hash of bytes, and the search for one byte, eight at once. */
final class Bytes {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Bytes() {}

  static int getInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  static long getLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }

  /** Good in all its bits; the same in every run, so that what depends on it is too. */
  static long hash(byte[] bytes, int from, int to) {
    long h = 0x2545f4914f6cdd1dL ^ (to - from) * 0x9e3779b97f4a7c15L;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      h = step(h, getLong(bytes, at));
    }
    long rest = 0;
    for (int i = to - 1; i >= at; i--) {
      rest = (rest << 8) | (bytes[i] & 0xFF);
    }
    h = step(h, rest);
    h ^= h >>> 33;
    h *= 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    h *= 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }

  private static long step(long h, long word) {
    long mixed = (h ^ word) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 32);
  }

  /** The index of the first {@code value} in {@code from} to {@code to}, or {@code to}. */
  static int find(byte value, byte[] bytes, int from, int to) {
    long pattern = ONES * (value & 0xFF);
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long differs = getLong(bytes, i) ^ pattern;
      long zeros = (differs - ONES) & ~differs & HIGHS;
      if (zeros != 0) {
        // The lowest mark is always a true one.
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    while (i < to && bytes[i] != value) {
      i++;
    }
    return i;
  }
}
