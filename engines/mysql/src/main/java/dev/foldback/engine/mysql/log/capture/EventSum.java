package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.frame.Hashing;
import dev.foldback.engine.mysql.log.Event;
import java.security.MessageDigest;
import java.util.zip.CRC32;

/** The checksum and the hash of one event that comes in pieces. */
final class EventSum {
  private final MessageDigest sha = Hashing.sha256();
  private final CRC32 crc = new CRC32();
  private long left;
  private int stored;
  private byte[] hash = new byte[0];

  /**
   * Begins an event.
   *
   * @param length all of it
   * @param checksummed whether its last four bytes are the checksum of those before
   */
  void begin(long length, boolean checksummed) {
    crc.reset();
    sha.reset();
    stored = 0;
    left = checksummed ? length - Event.CHECKSUM : length;
  }

  void add(byte[] bytes, int at, int length) {
    sha.update(bytes, at, length);
    int summed = (int) Math.min(left, length);
    crc.update(bytes, at, summed);
    left -= summed;
    for (int i = at + summed; i < at + length; i++) {
      stored = stored >>> 8 | bytes[i] << 24;
    }
  }

  /** Whether the checksum fits, where there is one. */
  boolean end(boolean checksummed) {
    hash = sha.digest();
    return !checksummed || stored == (int) crc.getValue();
  }

  /** SHA-256 of the event that ended last. */
  byte[] hash() {
    return hash;
  }
}
