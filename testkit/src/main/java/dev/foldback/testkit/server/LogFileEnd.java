package dev.foldback.testkit.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What comes at the end of a binary log's file. */
public final class LogFileEnd {
  private static final int TYPE = 4;
  private static final int LENGTH = 9;
  private static final int BINLOG_CHECKPOINT = 161;

  private LogFileEnd() {}

  /**
   * Bytes of the file after that place, but for checkpoints: MariaDB notes these some time after
   * the last commit, and they change nothing.
   */
  public static int changesAfter(byte[] file, int place) {
    ByteBuffer rest = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = place;
    while (at + LENGTH + Integer.BYTES <= file.length
        && (rest.get(at + TYPE) & 0xFF) == BINLOG_CHECKPOINT) {
      at += rest.getInt(at + LENGTH);
    }
    return file.length - at;
  }
}
