package dev.foldback.engine.mysql.rows;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads rows of LOAD DATA text back into values. Not for several threads. */
final class RowParser {
  private static final byte[] NULL = new byte[0];

  private final InputStream in;
  private final int columns;
  private byte[] value = new byte[1 << 12];
  private int length;

  RowParser(InputStream in, int columns) {
    this.in = in;
    this.columns = columns;
  }

  /** The next row's values, or null after the last. */
  byte @Nullable [][] next() throws IOException {
    int c = in.read();
    if (c < 0) {
      return null;
    }
    byte[][] row = new byte[columns][];
    int column = 0;
    boolean isNull = false;
    length = 0;
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("the last row has no end");
      }
      if (c == '\t') {
        row[column++] = take(isNull);
        isNull = false;
      } else if (c == '\\') {
        int escaped = in.read();
        isNull = escaped == 'N' && length == 0;
        append(unescape(escaped));
      } else {
        append(c);
      }
      c = in.read();
    }
    if (column < columns) {
      row[column] = take(isNull);
    }
    return row;
  }

  /** Whether the value stands for NULL, which is told from an empty value by its identity. */
  @SuppressWarnings("ReferenceEquality")
  static boolean isNull(byte[] value) {
    return value == NULL;
  }

  /** The byte that stands behind a backslash as {@code c}. */
  static int unescape(int c) {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case '0' -> 0;
      default -> c;
    };
  }

  private void append(int c) {
    if (length == value.length) {
      value = Arrays.copyOf(value, value.length + (value.length >> 1));
    }
    value[length++] = (byte) c;
  }

  private byte[] take(boolean isNull) {
    byte[] taken = isNull ? NULL : Arrays.copyOf(value, length);
    length = 0;
    if (value.length > 1 << 20) {
      value = new byte[1 << 12];
    }
    return taken;
  }
}
