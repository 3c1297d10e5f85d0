package dev.foldback.engine.mysql.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the events that carry GTIDs. A GTID is {@code uuid:number}, {@code uuid:tag:number} or, of
 * MariaDB, {@code domain-server-number}.
 */
public final class GtidEvents {
  private static final int UUID_AT = 1;
  private static final int NUMBER_AT = 17;
  private static final int COMMIT_TIME_AT = 42;
  private static final int TAGGED_UUID = 1;
  private static final int TAGGED_NUMBER = 2;
  private static final int TAGGED_TAG = 3;
  private static final int TAGGED_COMMIT_TIME = 6;

  private GtidEvents() {}

  /**
   * What begins a transaction.
   *
   * @param gtid empty for an anonymous one
   * @param committed empty where the event does not tell
   * @param standalone MariaDB: one statement follows and no COMMIT
   */
  public record Begin(String gtid, Optional<Instant> committed, boolean standalone) {}

  /** Reads a GTID event of any kind. */
  public static Begin begin(Event event) {
    return switch (event.type()) {
      case EventType.MARIADB_GTID -> mariaDb(event);
      case EventType.GTID_TAGGED -> tagged(event);
      default -> plain(event);
    };
  }

  private static Begin mariaDb(Event event) {
    ByteBuffer body = body(event);
    String number = Long.toUnsignedString(body.getLong());
    long domain = Integer.toUnsignedLong(body.getInt());
    boolean standalone = (body.get() & 1) != 0;
    return new Begin(domain + "-" + event.serverId() + "-" + number, Optional.empty(), standalone);
  }

  private static Begin plain(Event event) {
    ByteBuffer body = body(event);
    Optional<Instant> committed = Optional.empty();
    if (body.limit() >= COMMIT_TIME_AT + 7) {
      long micros = body.getLong(COMMIT_TIME_AT - 1) >>> 8 & 0x7FFFFFFFFFFFFFL;
      committed = Optional.of(micros(micros));
    }
    String gtid =
        event.type() == EventType.ANONYMOUS_GTID
            ? ""
            : uuid(body, UUID_AT) + ":" + body.getLong(NUMBER_AT);
    return new Begin(gtid, committed, false);
  }

  /** The serialization that came with tags: numbered fields, each number as long as needed. */
  private static Begin tagged(Event event) {
    ByteBuffer body = body(event);
    long version = unsigned(body);
    long size = unsigned(body);
    long lastNeeded = unsigned(body);
    if (version < 0 || size > body.limit() || lastNeeded < 0) {
      throw new IllegalArgumentException("a GTID event that is not understood");
    }
    byte[] uuid = new byte[16];
    long number = 0;
    String tag = "";
    Optional<Instant> committed = Optional.empty();
    while (body.hasRemaining()) {
      int field = (int) unsigned(body);
      if (field == 0) {
        long _ = unsigned(body);
      } else if (field == TAGGED_UUID) {
        for (int i = 0; i < uuid.length; i++) {
          uuid[i] = (byte) unsigned(body);
        }
      } else if (field == TAGGED_NUMBER) {
        number = signed(body);
      } else if (field == TAGGED_TAG) {
        byte[] text = new byte[(int) unsigned(body)];
        body.get(text);
        tag = new String(text, StandardCharsets.US_ASCII);
      } else if (field == TAGGED_COMMIT_TIME) {
        committed = Optional.of(micros(unsigned(body)));
        break;
      } else {
        long _ = unsigned(body);
      }
    }
    String source = uuid(ByteBuffer.wrap(uuid), 0) + (tag.isEmpty() ? "" : ":" + tag);
    return new Begin(source + ":" + number, committed, false);
  }

  /** All transactions before the file that this event stands at the start of. */
  public static MySqlGtids previous(Event event) {
    ByteBuffer body = body(event);
    MySqlGtids set = new MySqlGtids();
    long head = body.getLong();
    boolean tagged = head >>> 56 == 1;
    long count = tagged ? head >>> 8 & 0xFFFFFFFFFFFFL : head;
    for (long i = 0; i < count; i++) {
      String source = uuid(body, body.position());
      body.position(body.position() + 16);
      if (tagged) {
        byte[] tag = new byte[(int) unsigned(body)];
        body.get(tag);
        source += tag.length == 0 ? "" : ":" + new String(tag, StandardCharsets.US_ASCII);
      }
      long intervals = body.getLong();
      for (long j = 0; j < intervals; j++) {
        long first = body.getLong();
        set.add(source, first, body.getLong() - 1);
      }
    }
    return set;
  }

  /** MariaDB's list: each domain's last GTID of each server; the domain's very last comes last. */
  public static List<String> list(Event event) {
    ByteBuffer body = body(event);
    int count = body.getInt() & 0xFFFFFFF;
    List<String> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long domain = Integer.toUnsignedLong(body.getInt());
      long server = Integer.toUnsignedLong(body.getInt());
      list.add(domain + "-" + server + "-" + Long.toUnsignedString(body.getLong()));
    }
    return list;
  }

  private static ByteBuffer body(Event event) {
    return ByteBuffer.wrap(event.bytes(), event.bodyStart(), event.bodyEnd() - event.bodyStart())
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Instant micros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String uuid(ByteBuffer bytes, int at) {
    ByteBuffer big = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    return new UUID(big.getLong(at), big.getLong(at + 8)).toString();
  }

  /** As many low bits set as more bytes follow, then a zero, then the value. */
  private static long unsigned(ByteBuffer body) {
    int first = body.get() & 0xFF;
    int more = Integer.numberOfTrailingZeros(~first);
    if (more == 8) {
      return body.getLong();
    }
    long value = (long) first >>> (more + 1);
    for (int i = 0, shift = 7 - more; i < more; i++, shift += 8) {
      value |= (body.get() & 0xFFL) << shift;
    }
    return value;
  }

  /** The lowest bit of the value is its sign. */
  private static long signed(ByteBuffer body) {
    long value = unsigned(body);
    return (value & 1) == 0 ? value >>> 1 : -(value >>> 1) - 1;
  }
}
