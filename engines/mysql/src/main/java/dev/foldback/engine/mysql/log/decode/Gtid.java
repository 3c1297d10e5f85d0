package dev.foldback.engine.mysql.log.decode;

import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.util.HexFormat;

/**
 * What an event says that begins a transaction.
 *
 * @param id in the server's notation; empty for anonymous ones
 * @param micros when it committed, in microseconds since 1970
 * @param standalone MariaDB: one statement follows and no commit
 * @param opens MariaDB: the transaction is open, with no BEGIN to follow
 * @param prepares MariaDB: it ends prepared, to be decided later
 * @param alter MariaDB: a stage of an ALTER TABLE that is not the last one that counts
 */
record Gtid(
    String id, long micros, boolean standalone, boolean opens, boolean prepares, boolean alter) {
  private static final int STANDALONE = 1;
  private static final int GROUP_COMMIT = 2;
  private static final int PREPARED = 64;
  private static final int COMPLETED = 128;
  private static final int START_ALTER = 2;
  private static final int ROLLBACK_ALTER = 8;
  private static final int LOGICAL_CLOCK = 2;
  private static final long MILLION = 1_000_000;

  Gtid(String id, long micros, boolean standalone) {
    this(id, micros, standalone, false, false, false);
  }

  static Gtid of(Event event) {
    Cursor in = new Cursor();
    in.set(event.bytes(), event.bodyStart(), event.bodyEnd());
    return switch (event.type()) {
      case EventType.MARIADB_GTID -> mariaDb(in, event);
      case EventType.GTID_TAGGED -> Serialized.gtid(in, event.timestamp());
      default -> mySql(in, event);
    };
  }

  private static Gtid mySql(Cursor in, Event event) {
    in.u8();
    String source = HexFormat.of().formatHex(in.copy(16));
    long number = in.i64();
    String id = event.type() == EventType.GTID ? uuid(source) + ":" + number : "";
    long micros = event.timestamp() * MILLION;
    // MySQL 5.7 has no times, 5.6 no logical clock.
    if (in.left() > 17 && in.u8() == LOGICAL_CLOCK) {
      in.take(16);
      if (in.left() >= 7) {
        // The highest bit says that the time of the original commit follows.
        micros = in.little(7) & ~(1L << 55);
      }
    }
    return new Gtid(id, micros, false);
  }

  private static Gtid mariaDb(Cursor in, Event event) {
    long number = in.i64();
    long domain = in.u32();
    int flags = in.u8();
    if ((flags & GROUP_COMMIT) != 0) {
      in.take(8);
    }
    if ((flags & (PREPARED | COMPLETED)) != 0) {
      in.take(4);
      in.take(in.u8() + (long) in.u8());
    }
    // More flags, where there are any; zeros fill up a short event.
    int more = in.left() > 0 ? in.u8() : 0;
    boolean standalone = (flags & STANDALONE) != 0;
    return new Gtid(
        domain + "-" + event.serverId() + "-" + Long.toUnsignedString(number),
        event.timestamp() * MILLION,
        standalone,
        !standalone,
        (flags & PREPARED) != 0,
        (more & (START_ALTER | ROLLBACK_ALTER)) != 0);
  }

  static String uuid(String hex) {
    return hex.substring(0, 8)
        + "-"
        + hex.substring(8, 12)
        + "-"
        + hex.substring(12, 16)
        + "-"
        + hex.substring(16, 20)
        + "-"
        + hex.substring(20);
  }
}
