package dev.foldback.core.fold;

import java.util.Arrays;

/**
 * The layout of a record: its size, the hash of its key, flags, the lengths of key and payload, the
 * key, the payload, and room that is left over. The same in an {@link Arena} and in the work file.
 */
final class Entry {
  /** Of no use any more. */
  static final int DEAD = 0;

  /** The whole row, its newline included. */
  static final int PUT = 1;

  /** No row of this key is left; no payload. */
  static final int DELETE = 2;

  /** The row of this key from before, with some columns replaced or edited; see {@link Patch}. */
  static final int PATCH = 3;

  /** The row that had another key before, with some columns others: that key, then a patch. */
  static final int MOVED = 4;

  /** A row that is yet to be worked out; no payload. */
  static final int PENDING = 5;

  /** How many more rows with exactly these bytes there are than before; a long. */
  static final int COUNT = 6;

  /** Where a row of the snapshot is in it; a long. */
  static final int HIT = 7;

  private static final int KIND = 0x0F;
  private static final int EXISTED = 0x10;
  private static final int HEADER = 21;

  private Entry() {}

  static int size(byte[] b, int at) {
    return Bytes.getInt(b, at);
  }

  static long hash(byte[] b, int at) {
    return Bytes.getLong(b, at + 4);
  }

  static int kind(byte[] b, int at) {
    return b[at + 12] & KIND;
  }

  /** Whether a row with this key was there before the first change of it. */
  static boolean existed(byte[] b, int at) {
    return (b[at + 12] & EXISTED) != 0;
  }

  static int keyStart(int at) {
    return at + HEADER;
  }

  static int keyEnd(byte[] b, int at) {
    return at + HEADER + Bytes.getInt(b, at + 13);
  }

  /** The payload follows the key. */
  static int end(byte[] b, int at) {
    return keyEnd(b, at) + Bytes.getInt(b, at + 17);
  }

  /** The payload as a long. */
  static long number(byte[] b, int at) {
    return Bytes.getLong(b, keyEnd(b, at));
  }

  static void number(byte[] b, int at, long value) {
    Bytes.putLong(b, keyEnd(b, at), value);
  }

  static void kill(byte[] b, int at) {
    b[at + 12] = DEAD;
  }

  static boolean hasKey(byte[] b, int at, byte[] key, int from, int to) {
    return Arrays.equals(b, keyStart(at), keyEnd(b, at), key, from, to);
  }

  /** Puts another state in the place of the old one, if there is room. */
  static boolean replace(
      byte[] b, int at, boolean existed, int kind, byte[] payload, int from, int to) {
    int keyEnd = keyEnd(b, at);
    if (to - from > at + size(b, at) - keyEnd) {
      return false;
    }
    b[at + 12] = flags(existed, kind);
    Bytes.putInt(b, at + 17, to - from);
    System.arraycopy(payload, from, b, keyEnd, to - from);
    return true;
  }

  /** Adds a record. */
  static long append(
      Arena arena,
      long hash,
      boolean existed,
      int kind,
      byte[] key,
      int keyFrom,
      int keyTo,
      byte[] payload,
      int from,
      int to) {
    long address = arena.add((long) HEADER + (keyTo - keyFrom) + (to - from));
    byte[] b = arena.array(address);
    int at = Arena.offset(address);
    Bytes.putLong(b, at + 4, hash);
    b[at + 12] = flags(existed, kind);
    Bytes.putInt(b, at + 13, keyTo - keyFrom);
    Bytes.putInt(b, at + 17, to - from);
    System.arraycopy(key, keyFrom, b, at + HEADER, keyTo - keyFrom);
    System.arraycopy(payload, from, b, at + HEADER + (keyTo - keyFrom), to - from);
    return address;
  }

  /** Writes a record with no key; the place of its hash takes any number. */
  static void write(WorkFile file, long hash, int kind, byte[] payload, int from, int to) {
    byte[] head = new byte[HEADER];
    Bytes.putInt(head, 0, HEADER + (to - from));
    Bytes.putLong(head, 4, hash);
    head[12] = flags(false, kind);
    Bytes.putInt(head, 17, to - from);
    file.append(head, 0, HEADER);
    file.append(payload, from, to);
  }

  private static byte flags(boolean existed, int kind) {
    return (byte) (existed ? kind | EXISTED : kind);
  }
}
