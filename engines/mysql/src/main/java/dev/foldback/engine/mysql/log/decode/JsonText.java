package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Prints MySQL's binary JSON as the server prints it. The binary form (see the comment of MySQL's
 * {@code json_binary.h}): a type byte, then for objects and arrays counts, sizes and tables of
 * offsets from their start; small values stand in the tables themselves.
 */
final class JsonText {
  private static final int DEEPEST = 200;

  private static final int SMALL_OBJECT = 0;
  private static final int LARGE_OBJECT = 1;
  private static final int SMALL_ARRAY = 2;
  private static final int LARGE_ARRAY = 3;
  private static final int LITERAL = 4;
  private static final int INT16 = 5;
  private static final int UINT16 = 6;
  private static final int INT32 = 7;
  private static final int UINT32 = 8;
  private static final int INT64 = 9;
  private static final int UINT64 = 10;
  private static final int DOUBLE = 11;
  private static final int STRING = 12;
  private static final int OPAQUE = 15;

  private static final int DATE = 10;
  private static final int TIME = 11;
  private static final int DATETIME = 12;
  private static final int TIMESTAMP = 7;
  private static final int DECIMAL = 246;
  private static final long FRACTION = 1L << 24;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final RowBuffer to;
  private final Cursor in = new Cursor();

  private JsonText(RowBuffer to) {
    this.to = to;
  }

  /** Prints the document in {@code from} to {@code end}; an empty one is null. */
  static void write(byte[] bytes, int from, int end, RowBuffer to) {
    if (from == end) {
      Digits.ascii(to, "null");
      return;
    }
    JsonText text = new JsonText(to);
    text.in.set(bytes, from, end);
    text.value(bytes[from] & 0xFF, from + 1, 0);
  }

  private void value(int type, int at, int depth) {
    if (depth > DEEPEST || at > in.end) {
      throw new IndexOutOfBoundsException("a JSON document with broken offsets");
    }
    in.at = at;
    switch (type) {
      case SMALL_OBJECT -> container(at, true, 2, depth);
      case LARGE_OBJECT -> container(at, true, 4, depth);
      case SMALL_ARRAY -> container(at, false, 2, depth);
      case LARGE_ARRAY -> container(at, false, 4, depth);
      case LITERAL -> literal(in.u8());
      case INT16 -> Digits.signed(to, (short) in.u16());
      case UINT16 -> Digits.signed(to, in.u16());
      case INT32 -> Digits.signed(to, in.i32());
      case UINT32 -> Digits.signed(to, in.u32());
      case INT64 -> Digits.signed(to, in.i64());
      case UINT64 -> Digits.unsigned(to, in.i64(), 1);
      case DOUBLE -> real(Double.longBitsToDouble(in.i64()));
      case STRING -> {
        int size = length();
        quoted(in.bytes, in.take(size), size);
      }
      case OPAQUE -> opaque(in.u8(), length());
      default -> throw new IndexOutOfBoundsException("a JSON value of unknown type " + type);
    }
  }

  private void container(int start, boolean object, int width, int depth) {
    int count = (int) in.little(width);
    in.little(width);
    int keys = start + 2 * width;
    int keyEntry = width + 2;
    int values = keys + (object ? count * keyEntry : 0);
    Digits.one(to, object ? '{' : '[');
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        Digits.ascii(to, ", ");
      }
      if (object) {
        in.at = keys + i * keyEntry;
        int key = start + (int) in.little(width);
        int size = in.u16();
        in.at = key;
        quoted(in.bytes, in.take(size), size);
        Digits.ascii(to, ": ");
      }
      in.at = values + i * (1 + width);
      int type = in.u8();
      value(type, isInline(type, width) ? in.at : start + (int) in.little(width), depth + 1);
    }
    Digits.one(to, object ? '}' : ']');
  }

  private static boolean isInline(int type, int width) {
    return type == LITERAL
        || type == INT16
        || type == UINT16
        || (width == 4 && (type == INT32 || type == UINT32));
  }

  private void literal(int value) {
    switch (value) {
      case 0 -> Digits.ascii(to, "null");
      case 1 -> Digits.ascii(to, "true");
      case 2 -> Digits.ascii(to, "false");
      default -> throw new IndexOutOfBoundsException("a JSON literal of unknown value " + value);
    }
  }

  private void real(double value) {
    int from = to.length;
    Doubles.write(to, value);
    for (int i = from; i < to.length; i++) {
      if (to.bytes[i] == '.' || to.bytes[i] == 'e') {
        return;
      }
    }
    Digits.ascii(to, ".0");
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private int length() {
    long length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = in.u8();
      length |= (b & 0x7FL) << shift;
      if ((b & 0x80) == 0) {
        return (int) length;
      }
    }
    throw new IndexOutOfBoundsException("a JSON length without end");
  }

  private void opaque(int type, int size) {
    int from = in.take(size);
    in.at = from;
    switch (type) {
      case DECIMAL -> {
        int precision = in.u8();
        new Decimals(precision, in.u8(), false).write(in, to);
      }
      case DATE, DATETIME, TIMESTAMP, TIME -> {
        Digits.one(to, '"');
        time(type, in.i64());
        Digits.one(to, '"');
      }
      default -> {
        byte[] data = in.copy(size);
        String encoded = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(data);
        byte[] text = ("base64:type" + type + ":" + encoded).getBytes(StandardCharsets.US_ASCII);
        quoted(text, 0, text.length);
      }
    }
  }

  private void time(int type, long packed) {
    long parts = Math.abs(packed);
    int micros = (int) (parts % FRACTION);
    if (type == TIME) {
      Times.packedTime(to, packed < 0, parts / FRACTION, micros, 6);
    } else if (type == DATE) {
      int day = (int) ((parts / FRACTION) >> 17);
      Times.date(to, (day >> 5) / 13, (day >> 5) % 13, day & 31);
    } else {
      Times.packedDateTime(to, parts / FRACTION, micros, 6);
    }
  }

  private void quoted(byte[] bytes, int from, int size) {
    to.reserve(6L * size + 2);
    byte[] out = to.bytes;
    int o = to.length;
    out[o++] = '"';
    for (int i = from; i < from + size; i++) {
      byte b = bytes[i];
      if (b == '"' || b == '\\') {
        out[o++] = '\\';
        out[o++] = b;
      } else if (b >= ' ' || b < 0) {
        out[o++] = b;
      } else {
        out[o++] = '\\';
        o = control(b, out, o);
      }
    }
    out[o++] = '"';
    to.length = o;
  }

  private static int control(byte b, byte[] out, int at) {
    int o = at;
    int letter =
        switch (b) {
          case '\b' -> 'b';
          case '\t' -> 't';
          case '\n' -> 'n';
          case '\f' -> 'f';
          case '\r' -> 'r';
          default -> 'u';
        };
    out[o++] = (byte) letter;
    if (letter == 'u') {
      out[o++] = '0';
      out[o++] = '0';
      out[o++] = HEX[b >> 4];
      out[o++] = HEX[b & 15];
    }
    return o;
  }
}
