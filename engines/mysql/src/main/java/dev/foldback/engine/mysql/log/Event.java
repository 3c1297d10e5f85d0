package dev.foldback.engine.mysql.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * One event of a binary log, header and checksum included, inside an array. The header is that of
 * version 4: timestamp (4), type (1), server id (4), length (4), end position (4), flags (2); all
 * numbers are little-endian.
 */
public final class Event {
  /** Bytes of the header. */
  public static final int HEADER = 19;

  /** Bytes of the checksum, where there is one. */
  public static final int CHECKSUM = 4;

  /** Flag: made up by the server for the reader, not in its file. */
  public static final int ARTIFICIAL = 0x20;

  private static final int FLAGS = 17;

  /** Flag of a format description: its file is still being written, or was when a crash came. */
  private static final int IN_USE = 1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int at;
  private final int length;
  private final boolean checksummed;

  /**
   * @param bytes holds the event from {@code at}; not copied
   * @param checksummed whether its last four bytes are a CRC32 of those before
   */
  public Event(byte[] bytes, int at, int length, boolean checksummed) {
    this.bytes = bytes;
    this.at = at;
    this.length = length;
    this.checksummed = checksummed;
  }

  /** The length that the header at {@code at} states. */
  public static int lengthAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at + 9);
  }

  /** The array that holds the event, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the event begins in {@link #bytes}. */
  public int at() {
    return at;
  }

  /** Bytes of the event, header and checksum included. */
  public int length() {
    return length;
  }

  /** Seconds since 1970. */
  public long timestamp() {
    return unsigned(0);
  }

  /** See {@link EventType}. */
  public int type() {
    return bytes[at + 4] & 0xFF;
  }

  public long serverId() {
    return unsigned(5);
  }

  /** Where the next event begins in its file, modulo 2^32; 0 for artificial events. */
  public long endPosition() {
    return unsigned(13);
  }

  public int flags() {
    return (bytes[at + 17] & 0xFF) | (bytes[at + 18] & 0xFF) << 8;
  }

  public boolean isArtificial() {
    return (flags() & ARTIFICIAL) != 0;
  }

  /** Where what follows the header begins. */
  public int bodyStart() {
    return at + HEADER;
  }

  /** The end of the body, before the checksum. */
  public int bodyEnd() {
    return at + length - (checksummed ? CHECKSUM : 0);
  }

  /** Whether the checksum fits, or there is none. */
  public boolean isSound() {
    if (!checksummed) {
      return true;
    }
    CRC32 crc = new CRC32();
    if (type() == EventType.FORMAT_DESCRIPTION) {
      // The flag that the file is in use is set and cleared without a new checksum.
      crc.update(bytes, at, FLAGS);
      crc.update(flags() & ~IN_USE & 0xFF);
      crc.update(bytes, at + FLAGS + 1, length - FLAGS - 1 - CHECKSUM);
    } else {
      crc.update(bytes, at, length - CHECKSUM);
    }
    return (int) crc.getValue() == (int) INT.get(bytes, at + length - CHECKSUM);
  }

  private long unsigned(int offset) {
    return (int) INT.get(bytes, at + offset) & 0xFFFFFFFFL;
  }
}
