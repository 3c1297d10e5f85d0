package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.Position;
import dev.foldback.core.log.LastEvent;
import dev.foldback.core.log.LogFeed;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.client.socket.Reader;
import org.mariadb.jdbc.client.util.MutableByte;

/** Packets as a server sends them, made by hand. */
final class Dump {
  static final String FILE = "binlog.000007";
  private final ByteArrayOutputStream packets = new ByteArrayOutputStream();

  /** An event with its checksum. */
  static byte[] event(int type, long endPosition, int flags, byte[] body) {
    int length = Event.HEADER + body.length + Event.CHECKSUM;
    ByteBuffer event = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    event.putInt(1_700_000_000).put((byte) type).putInt(1).putInt(length);
    event.putInt((int) endPosition).putShort((short) flags).put(body);
    CRC32 crc = new CRC32();
    crc.update(event.array(), 0, length - Event.CHECKSUM);
    return event.putInt((int) crc.getValue()).array();
  }

  static byte[] rotate(String file, long endPosition, int flags) {
    byte[] name = file.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer body = ByteBuffer.allocate(8 + name.length).order(ByteOrder.LITTLE_ENDIAN);
    return event(EventType.ROTATE, endPosition, flags, body.putLong(4).put(name).array());
  }

  static byte[] format(long endPosition) {
    byte[] body = new byte[80];
    body[0] = 4;
    body[79] = 1;
    return event(EventType.FORMAT_DESCRIPTION, endPosition, 0, body);
  }

  /** MariaDB's begin of a transaction in domain 0. */
  static byte[] begin(long number, long endPosition) {
    ByteBuffer body = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
    return event(EventType.MARIADB_GTID, endPosition, 0, body.putLong(number).array());
  }

  Dump add(byte[] event) {
    packet(event.length + 1);
    packets.write(0);
    packets.writeBytes(event);
    return this;
  }

  Dump end() {
    packet(5);
    packets.writeBytes(new byte[] {(byte) 0xFE, 0, 0, 0, 0});
    return this;
  }

  private void packet(int length) {
    packets.write(length);
    packets.write(length >>> 8);
    packets.write(length >>> 16);
    packets.write(0);
  }

  /** A feed of these packets that goes on from an offset of {@link #FILE}. */
  LogFeed feed(long dumpFrom, long start, Optional<LastEvent> last) throws SQLException {
    Reader reader =
        new Reader(
            new ByteArrayInputStream(packets.toByteArray()),
            Configuration.parse("jdbc:mariadb://localhost/"),
            new MutableByte());
    Known known = new Known(new Position.Binlog(FILE, start, "0-1-1"), dumpFrom, last, "", false);
    return new BinlogFeed(
        new DumpStream(reader, () -> {}),
        new ServerClock(Instant.EPOCH, System.nanoTime()),
        true,
        new FileStarts(true, "0-1-1"),
        known);
  }
}
