package dev.foldback.engine.mysql.log.decode;

import java.util.HexFormat;

/**
 * MySQL's tagged GTID event, in the format of {@code mysql::serialization}: each number says by the
 * ones at the low end of its first byte how many bytes follow; fields stand behind their ids.
 */
final class Serialized {
  private static final int UUID = 16;
  private static final int LONGEST = 9;

  /** Ids of fields. */
  private static final int FLAGS = 0;

  private static final int SOURCE = 1;
  private static final int NUMBER = 2;
  private static final int TAG = 3;
  private static final int LAST_COMMITTED = 4;
  private static final int SEQUENCE = 5;
  private static final int COMMITTED = 6;

  private Serialized() {}

  static Gtid gtid(Cursor in, long headerSeconds) {
    int start = in.at;
    long version = number(in);
    if (version != 1) {
      throw new IndexOutOfBoundsException("a GTID in serialization format " + version);
    }
    long size = number(in);
    int end = (int) Math.min(in.end, start + size);
    number(in); // the last field that must be understood
    String source = "";
    String tag = "";
    long number = 0;
    long micros = headerSeconds * 1_000_000;
    while (in.at < end) {
      int id = (int) number(in);
      switch (id) {
        case FLAGS -> number(in);
        case SOURCE -> source = source(in);
        case NUMBER -> number = signed(in);
        case TAG -> tag = in.text((int) number(in));
        case LAST_COMMITTED, SEQUENCE -> signed(in);
        case COMMITTED -> {
          micros = number(in);
          in.at = end;
        }
        default -> in.at = end;
      }
    }
    String name = Gtid.uuid(source) + (tag.isEmpty() ? "" : ":" + tag) + ":" + number;
    return new Gtid(name, micros, false);
  }

  private static String source(Cursor in) {
    byte[] bytes = new byte[UUID];
    for (int i = 0; i < UUID; i++) {
      bytes[i] = (byte) number(in);
    }
    return HexFormat.of().formatHex(bytes);
  }

  /** An unsigned number. */
  static long number(Cursor in) {
    int first = in.bytes[in.at] & 0xFF;
    int size = Integer.numberOfTrailingZeros(~first) + 1;
    if (size >= LONGEST) {
      in.at++;
      return in.i64();
    }
    return in.little(size) >>> size;
  }

  /** A number whose sign stands in its lowest bit. */
  static long signed(Cursor in) {
    long number = number(in);
    return (number >>> 1) ^ -(number & 1);
  }
}
