package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;

/** Writes numbers as servers print them, straight into a row. */
final class Digits {
  /** The least number that has twenty digits, as an unsigned one. */
  private static final long TWENTY_DIGITS = 0x8AC7_2304_89E8_0000L;

  private Digits() {}

  static void signed(RowBuffer to, long value) {
    if (value < 0) {
      to.reserve(1);
      to.bytes[to.length++] = '-';
      // The smallest number is its own negative, and right as an unsigned one.
      unsigned(to, -value, 1);
    } else {
      unsigned(to, value, 1);
    }
  }

  /**
   * @param value as an unsigned number
   * @param width the fewest digits, filled up with zeros before
   */
  static void unsigned(RowBuffer to, long value, int width) {
    int digits = count(value);
    int size = Math.max(digits, width);
    to.reserve(size);
    byte[] out = to.bytes;
    int at = to.length + size;
    long rest = value;
    if (rest < 0) {
      long tenth = Long.divideUnsigned(rest, 10);
      out[--at] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    while (rest > Integer.MAX_VALUE) {
      long tenth = rest / 10;
      out[--at] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    int small = (int) rest;
    while (at > to.length) {
      int tenth = small / 10;
      out[--at] = (byte) ('0' + (small - tenth * 10));
      small = tenth;
    }
    to.length += size;
  }

  static void ascii(RowBuffer to, String text) {
    int size = text.length();
    to.reserve(size);
    for (int i = 0; i < size; i++) {
      to.bytes[to.length + i] = (byte) text.charAt(i);
    }
    to.length += size;
  }

  static void one(RowBuffer to, char c) {
    to.reserve(1);
    to.bytes[to.length++] = (byte) c;
  }

  private static int count(long value) {
    if (value < 0) {
      return Long.compareUnsigned(value, TWENTY_DIGITS) >= 0 ? 20 : 19;
    }
    int digits = 1;
    long limit = 10;
    while (digits < 19 && value >= limit) {
      digits++;
      limit *= 10;
    }
    return digits;
  }
}
