package dev.foldback.engine.mysql.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds and writes the four bytes that LOAD DATA text escapes: NUL, tab, newline and backslash. The
 * search looks at eight bytes at once with the well-known "has a byte less than n" trick; what it
 * finds are candidates, which the byte loop decides.
 */
public final class Escapes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long BELOW_11 = ONES * 0x0B;
  private static final long BACKSLASHES = ONES * '\\';

  /** For each byte what follows the backslash, or 0 where it needs none. */
  private static final byte[] ESCAPED = new byte[256];

  static {
    ESCAPED[0] = '0';
    ESCAPED['\t'] = 't';
    ESCAPED['\n'] = 'n';
    ESCAPED['\\'] = '\\';
  }

  private Escapes() {}

  /** The index of the first byte to escape in {@code from} to {@code to}, or {@code to}. */
  public static int find(byte[] bytes, int from, int to) {
    int i = from;
    int lastLong = to - Long.BYTES;
    while (i <= lastLong) {
      if (hasCandidate((long) LONGS.get(bytes, i))) {
        int hit = findByte(bytes, i, i + Long.BYTES);
        if (hit < i + Long.BYTES) {
          return hit;
        }
      }
      i += Long.BYTES;
    }
    return findByte(bytes, i, to);
  }

  private static boolean hasCandidate(long word) {
    long slash = word ^ BACKSLASHES;
    return ((((word - BELOW_11) & ~word) | ((slash - ONES) & ~slash)) & HIGHS) != 0;
  }

  private static int findByte(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (ESCAPED[bytes[i] & 0xFF] != 0) {
        return i;
      }
    }
    return to;
  }

  /** How many bytes need an escape. */
  public static int count(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (ESCAPED[bytes[i] & 0xFF] != 0) {
        count++;
      }
    }
    return count;
  }

  /**
   * Writes what {@code from} to {@code to} means, without the escapes; it is no longer than they.
   *
   * @return the end of what was written
   */
  public static int read(byte[] text, int from, int to, byte[] out, int at) {
    int special = find(text, from, to);
    System.arraycopy(text, from, out, at, special - from);
    int o = at + special - from;
    for (int i = special; i < to; i++) {
      out[o++] = text[i] == '\\' && i + 1 < to ? (byte) RowParser.unescape(text[++i]) : text[i];
    }
    return o;
  }

  /**
   * Writes {@code from} to {@code to} escaped; there must be room for twice as many bytes.
   *
   * @return the end of what was written
   */
  public static int write(byte[] bytes, int from, int to, byte[] out, int at) {
    int i = from;
    int o = at;
    while (i < to) {
      byte b = bytes[i++];
      byte escaped = ESCAPED[b & 0xFF];
      if (escaped != 0) {
        out[o++] = '\\';
        out[o++] = escaped;
      } else {
        out[o++] = b;
      }
    }
    return o;
  }
}
