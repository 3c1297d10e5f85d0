package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;
import java.nio.charset.StandardCharsets;

/** Prints MariaDB's UUID, INET4 and INET6 from their stored bytes. */
final class Addresses {
  static final int UUID = 16;
  static final int INET4 = 4;
  static final int INET6 = 16;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int WORDS = 8;

  /** Where the parts of a UUID are kept: the last one first, so that they sort by time. */
  private static final int[][] PARTS = {{12, 4}, {10, 2}, {8, 2}, {6, 2}, {0, 6}};

  private static final int[][] PLAIN = {{0, 4}, {4, 2}, {6, 2}, {8, 2}, {10, 6}};

  private Addresses() {}

  /**
   * @param old whether the column keeps all values in the order of parts that is turned over
   */
  static void uuid(byte[] bytes, int at, boolean old, RowBuffer to) {
    int version = bytes[at + 8] & 0xFF;
    boolean turned = old || ((bytes[at + 6] & 0x80) != 0 && version > 0 && version < 0x60);
    int[][] parts = turned ? PARTS : PLAIN;
    for (int p = 0; p < parts.length; p++) {
      if (p > 0) {
        Digits.one(to, '-');
      }
      for (int i = 0; i < parts[p][1]; i++) {
        int b = bytes[at + parts[p][0] + i] & 0xFF;
        Digits.one(to, (char) HEX[b >> 4]);
        Digits.one(to, (char) HEX[b & 15]);
      }
    }
  }

  static void inet4(byte[] bytes, int at, RowBuffer to) {
    for (int i = 0; i < INET4; i++) {
      if (i > 0) {
        Digits.one(to, '.');
      }
      Digits.unsigned(to, bytes[at + i] & 0xFF, 1);
    }
  }

  /** The longest run of zero words becomes "::"; addresses of version 4 inside end as such. */
  static void inet6(byte[] bytes, int at, RowBuffer to) {
    int gap = -1;
    int length = 0;
    int run = 0;
    for (int i = 0; i < WORDS; i++) {
      run = word(bytes, at, i) == 0 ? run + 1 : 0;
      if (run > length) {
        length = run;
        gap = i - run + 1;
      }
    }
    boolean four = gap == 0 && (length == 6 || (length == 5 && word(bytes, at, 5) == 0xFFFF));
    for (int i = 0; i < WORDS; i++) {
      if (i == gap) {
        Digits.ascii(to, i == 0 ? "::" : ":");
        i += length - 1;
      } else if (i == 6 && four) {
        inet4(bytes, at + 12, to);
        return;
      } else {
        Digits.ascii(to, Integer.toHexString(word(bytes, at, i)));
        if (i + 1 < WORDS) {
          Digits.one(to, ':');
        }
      }
    }
  }

  private static int word(byte[] bytes, int at, int index) {
    return (bytes[at + 2 * index] & 0xFF) << 8 | (bytes[at + 2 * index + 1] & 0xFF);
  }
}
