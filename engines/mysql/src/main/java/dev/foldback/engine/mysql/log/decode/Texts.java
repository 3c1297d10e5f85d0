package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;
import dev.foldback.engine.mysql.rows.Escapes;

/** Columns whose values are bytes behind their length. */
final class Texts {
  /** Above this a value is measured before room is made. */
  private static final int LARGE = 1 << 20;

  private Texts() {}

  static void escaped(byte[] bytes, int from, int end, RowBuffer to) {
    int special = Escapes.find(bytes, from, end);
    int plain = special - from;
    long rest = (long) end - special;
    to.reserve(plain + (rest < LARGE ? 2 * rest : rest + Escapes.count(bytes, special, end)));
    System.arraycopy(bytes, from, to.bytes, to.length, plain);
    to.length += plain;
    if (special < end) {
      to.length = Escapes.write(bytes, special, end, to.bytes, to.length);
    }
  }

  static ColumnDecoder plain(int lengthBytes) {
    return (in, to) -> {
      int size = size(in, lengthBytes);
      int from = in.take(size);
      escaped(in.bytes, from, from + size, to);
    };
  }

  /** BINARY: the log leaves its zero bytes at the end out. */
  static ColumnDecoder padded(int lengthBytes, int width) {
    return (in, to) -> {
      int size = size(in, lengthBytes);
      int from = in.take(size);
      escaped(in.bytes, from, from + size, to);
      to.reserve(2L * width);
      for (int i = size; i < width; i++) {
        to.bytes[to.length++] = '\\';
        to.bytes[to.length++] = '0';
      }
    };
  }

  static ColumnDecoder compressed(int lengthBytes) {
    return (in, to) -> {
      int size = size(in, lengthBytes);
      int from = in.take(size);
      byte[] value = Inflated.value(in.bytes, from, from + size);
      escaped(value, 0, value.length, to);
    };
  }

  static ColumnDecoder fixed(int width) {
    return (in, to) -> {
      int from = in.take(width);
      escaped(in.bytes, from, from + width, to);
    };
  }

  static ColumnDecoder json(int lengthBytes) {
    RowBuffer text = new RowBuffer(1 << 10);
    return (in, to) -> {
      int size = size(in, lengthBytes);
      int from = in.take(size);
      text.clear();
      JsonText.write(in.bytes, from, from + size, text);
      escaped(text.bytes, 0, text.length, to);
    };
  }

  /**
   * @param form prints from where a value's full width of bytes is
   */
  static ColumnDecoder address(int lengthBytes, int width, Form form) {
    byte[] whole = new byte[width];
    return (in, to) -> {
      int size = size(in, lengthBytes);
      int from = in.take(size);
      // Zero bytes at the end may be left out.
      java.util.Arrays.fill(whole, (byte) 0);
      System.arraycopy(in.bytes, from, whole, 0, Math.min(size, width));
      form.write(whole, 0, to);
    };
  }

  /** Prints an address. */
  interface Form {
    void write(byte[] bytes, int at, RowBuffer to);
  }

  static int size(Cursor in, int lengthBytes) {
    return switch (lengthBytes) {
      case 1 -> in.u8();
      case 2 -> in.u16();
      case 3 -> in.u24();
      default -> in.i32();
    };
  }
}
