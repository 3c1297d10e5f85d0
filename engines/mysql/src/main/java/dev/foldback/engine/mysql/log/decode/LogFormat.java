package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.log.LogPlace;
import dev.foldback.engine.mysql.log.Event;
import java.nio.charset.StandardCharsets;

/**
 * What a FORMAT_DESCRIPTION event says of the events after it.
 *
 * @param checksummed whether each ends with a CRC32
 * @param mariaDb whether MariaDB wrote them
 * @param created when the server started, in seconds since 1970; 0 where it only began a new file
 */
record LogFormat(boolean checksummed, boolean mariaDb, long created) {
  private static final int VERSION_BYTES = 50;

  /** The last byte before the checksum names its algorithm; servers before checksums lack it. */
  static LogFormat of(byte[] bytes, int at, int length, LogPlace place) {
    int body = at + Event.HEADER;
    if (length < Event.HEADER + 2 + VERSION_BYTES + 5 + 5) {
      throw LogErrors.damaged(place, "a format description that is too short");
    }
    Cursor in = new Cursor();
    in.set(bytes, body, at + length);
    int version = in.u16();
    if (version != 4) {
      throw LogErrors.refused(
          place,
          "is of format " + version + ", not 4",
          "Foldback reads logs of MySQL 5.6 and later.");
    }
    int text = in.take(VERSION_BYTES);
    String server =
        new String(bytes, text, VERSION_BYTES, StandardCharsets.US_ASCII).replace("\0", "");
    long created = in.u32();
    int algorithm = bytes[at + length - 5] & 0xFF;
    LogFormat format = new LogFormat(algorithm == 1, server.contains("MariaDB"), created);
    if (!new Event(bytes, at, length, format.checksummed).isSound()) {
      throw LogErrors.damaged(place, "the format description does not fit its checksum");
    }
    return format;
  }
}
