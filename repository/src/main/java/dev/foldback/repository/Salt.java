package dev.foldback.repository;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A zstd frame with no content, of random bytes, that makes an object's name another one. Bytes
 * that would be an object that is about to be deleted are stored under a name of their own with it.
 */
final class Salt {
  /** The first of the numbers that mark frames to be skipped. */
  private static final int SKIPPABLE = 0x184D2A50;

  private static final int RANDOM = 16;
  static final int BYTES = 8 + RANDOM;

  private static final SecureRandom SOURCE = new SecureRandom();

  private Salt() {}

  static byte[] frame() {
    byte[] random = new byte[RANDOM];
    SOURCE.nextBytes(random);
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(SKIPPABLE)
        .putInt(RANDOM)
        .put(random)
        .array();
  }
}
