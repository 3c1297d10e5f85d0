package dev.foldback.engine.mysql.rows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * Turns LOAD DATA text into the parameters of a bulk execution: for each value a byte that tells
 * whether it is NULL, then its length and its bytes. Not for several threads.
 */
final class BulkRows {
  private static final int NOT_NULL = 0;
  private static final int NULL = 1;

  /** The indicator and the longest length. */
  private static final int AROUND = 1 + 9;

  private final InputStream rows;
  private final int columns;
  private final int largest;
  private byte[] text = new byte[1 << 18];
  private int position;
  private int limit;
  private boolean tooLarge;
  private byte[] unescaped = new byte[1 << 10];

  /** The parameters of whole rows. */
  byte[] bytes = new byte[(1 << 20) + (1 << 18)];

  int length;

  /**
   * @param largest no row is taken that has more bytes
   */
  BulkRows(InputStream rows, int columns, int largest) {
    this.rows = rows;
    this.columns = columns;
    this.largest = largest;
  }

  /** Adds the next row. False after the last, and where the next is too large. */
  boolean add() throws IOException {
    while (!addWhole()) {
      if (!more()) {
        return false;
      }
    }
    return !tooLarge;
  }

  /** False, with nothing added, where the text read so far does not hold the row's end. */
  private boolean addWhole() throws IOException {
    int from = position;
    int start = length;
    for (int column = 1; column <= columns; column++) {
      int end = Escapes.find(text, from, limit);
      byte last = (byte) (column == columns ? '\n' : '\t');
      if (end < limit && text[end] == last) {
        put(text, from, end - from);
      } else {
        end = putEscaped(from, last);
      }
      if (end < 0) {
        length = start;
        return false;
      }
      from = end + 1;
    }
    tooLarge = length - start > largest;
    if (tooLarge) {
      length = start;
    } else {
      position = from;
    }
    return true;
  }

  /** Puts the value that ends before {@code last}; returns where that is, or -1. */
  private int putEscaped(int from, byte last) throws IOException {
    int i = from;
    int o = 0;
    boolean isNull = false;
    for (; i < limit && text[i] != last; i++) {
      byte b = text[i];
      if (b == '\t' || b == '\n') {
        throw new IOException("a row has not as many values as its table has columns");
      }
      if (b == '\\') {
        if (++i == limit) {
          return -1;
        }
        isNull = text[i] == 'N' && o == 0;
        b = (byte) RowParser.unescape(text[i]);
      }
      if (o == unescaped.length) {
        unescaped = Arrays.copyOf(unescaped, o * 2);
      }
      unescaped[o++] = b;
    }
    if (i == limit) {
      return -1;
    }
    if (isNull) {
      room(1);
      bytes[length++] = NULL;
    } else {
      put(unescaped, 0, o);
    }
    return i;
  }

  private void put(byte[] from, int at, int size) {
    room(size + AROUND);
    int o = length;
    bytes[o++] = NOT_NULL;
    if (size < 251) {
      bytes[o++] = (byte) size;
    } else if (size < 1 << 16) {
      bytes[o++] = (byte) 252;
      bytes[o++] = (byte) size;
      bytes[o++] = (byte) (size >> 8);
    } else {
      bytes[o++] = (byte) 254;
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        bytes[o++] = (byte) ((long) size >> shift);
      }
    }
    System.arraycopy(from, at, bytes, o, size);
    length = o + size;
  }

  private void room(int size) {
    if (bytes.length - length < size) {
      bytes = Arrays.copyOf(bytes, Math.max(length + size, bytes.length + (bytes.length >> 1)));
    }
  }

  /** Reads on. False after the last row, and where a row is too large. */
  private boolean more() throws IOException {
    System.arraycopy(text, position, text, 0, limit - position);
    limit -= position;
    position = 0;
    if (limit > largest) {
      tooLarge = true;
      return false;
    }
    if (limit == text.length) {
      text = Arrays.copyOf(text, limit * 2);
    }
    int read = rows.read(text, limit, text.length - limit);
    if (read < 0 && limit > 0) {
      throw new EOFException("the last row has no end");
    }
    limit += Math.max(read, 0);
    return read >= 0;
  }

  /** Whether a row came that is too large. */
  boolean hasRest() {
    return tooLarge;
  }

  /** The rows from the one that is too large on. */
  InputStream rest() {
    return new SequenceInputStream(new ByteArrayInputStream(text, position, limit), rows);
  }
}
