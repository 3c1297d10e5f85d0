package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;

/**
 * Prints DECIMAL from its stored form: groups of nine digits in four bytes, the highest first, with
 * fewer bytes for what is left over before and behind; the highest bit is turned over, and all bits
 * of negative numbers are. Not for several threads.
 */
final class Decimals {
  private static final int GROUP = 9;
  private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

  private final int whole;
  private final int scale;
  private final int size;

  /** Digits before the point that are always printed. */
  private final int width;

  Decimals(int precision, int scale, boolean zerofill) {
    this.whole = precision - scale;
    this.scale = scale;
    this.size = size(whole) + size(scale);
    this.width = zerofill ? whole : 0;
  }

  private static int size(int digits) {
    return digits / GROUP * 4 + BYTES[digits % GROUP];
  }

  void write(Cursor in, RowBuffer to) {
    int end = in.at + size;
    int first = in.bytes[in.at] & 0xFF;
    int turn = (first & 0x80) == 0 ? -1 : 0;
    to.reserve(whole + scale + 4L);
    if (turn != 0) {
      to.bytes[to.length++] = '-';
    }
    int start = to.length;
    int flip = 0x80;
    int left = whole % GROUP;
    if (left > 0) {
      group(in, BYTES[left], left, turn, flip, to);
      flip = 0;
    }
    for (int i = whole / GROUP; i > 0; i--) {
      group(in, 4, GROUP, turn, flip, to);
      flip = 0;
    }
    trim(to, start);
    if (scale > 0) {
      to.bytes[to.length++] = '.';
      for (int i = scale / GROUP; i > 0; i--) {
        group(in, 4, GROUP, turn, flip, to);
        flip = 0;
      }
      if (scale % GROUP > 0) {
        group(in, BYTES[scale % GROUP], scale % GROUP, turn, flip, to);
      }
    }
    in.at = end;
  }

  private static void group(Cursor in, int bytes, int digits, int turn, int flip, RowBuffer to) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      int b = in.bytes[in.at++] ^ (i == 0 ? flip : 0) ^ turn;
      value = value << 8 | (b & 0xFF);
    }
    Digits.unsigned(to, value, digits);
  }

  /** Drops zeros before, but for one. */
  private void trim(RowBuffer to, int start) {
    int keep = Math.max(width, 1);
    if (to.length == start) {
      to.bytes[to.length++] = '0';
      return;
    }
    int zeros = 0;
    while (to.length - start - zeros > keep && to.bytes[start + zeros] == '0') {
      zeros++;
    }
    if (zeros > 0) {
      System.arraycopy(to.bytes, start + zeros, to.bytes, start, to.length - start - zeros);
      to.length -= zeros;
    }
  }
}
