package dev.foldback.engine.mysql.rows;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.ColumnLayout.Encoding;
import dev.foldback.core.frame.RowBuffer;
import java.util.List;

/**
 * Turns rows of the text protocol into LOAD DATA text. In the protocol each value stands behind its
 * length, in the text before a tab, so a row of short values without escapes differs only in these
 * bytes: it is copied whole and the lengths are overwritten. What is not so plain goes value by
 * value.
 */
final class RowText {
  private static final int NULL = 251;
  private static final int LENGTH_2 = 252;
  private static final int LENGTH_3 = 253;

  /** Rows above this size are measured before they are written, so as not to reserve double. */
  private static final int LARGE = 1 << 20;

  private final boolean[] clean;

  RowText(List<ColumnLayout> columns) {
    clean = new boolean[columns.size()];
    for (int i = 0; i < clean.length; i++) {
      clean[i] = neverEscaped(columns.get(i).encoding());
    }
  }

  private static boolean neverEscaped(Encoding encoding) {
    return switch (encoding) {
      case NUMBER, FLOAT, INDEX -> true;
      case BYTES, JSON, TEXT -> false;
    };
  }

  /** Appends the row in {@code row}, one whole packet of the text protocol. */
  void append(byte[] row, RowBuffer to) {
    to.reserve(room(row));
    byte[] out = to.bytes;
    // The first value begins at 1, where its length ends: the copy is shifted by one.
    System.arraycopy(row, 1, out, to.length, row.length - 1);
    int shift = to.length - 1;
    int pos = 0;
    int column = 0;
    while (column < clean.length) {
      int length = row[pos] & 0xFF;
      int start = pos + 1;
      int end = start + length;
      if (length >= NULL || (!clean[column] && Escapes.find(row, start, end) < end)) {
        break;
      }
      out[shift + end] = '\t';
      pos = end;
      column++;
    }
    int o = column == clean.length ? to.length + row.length : rest(row, pos, column, to);
    out[o - 1] = '\n';
    to.length = o;
  }

  /** Writes from the value at {@code pos} on, value by value. */
  private int rest(byte[] row, int pos, int column, RowBuffer to) {
    byte[] out = to.bytes;
    int o = to.length + pos;
    int at = pos;
    for (int c = column; c < clean.length; c++) {
      int first = row[at++] & 0xFF;
      if (first == NULL) {
        out[o++] = '\\';
        out[o++] = 'N';
      } else {
        int length = length(first, row, at);
        at += lengthBytes(first);
        o = value(row, at, at + length, clean[c], out, o);
        at += length;
      }
      out[o++] = '\t';
    }
    return o;
  }

  private static int value(byte[] row, int from, int to, boolean clean, byte[] out, int at) {
    int special = clean ? to : Escapes.find(row, from, to);
    System.arraycopy(row, from, out, at, special - from);
    int o = at + special - from;
    return special == to ? o : Escapes.write(row, special, to, out, o);
  }

  private static int length(int first, byte[] row, int at) {
    return switch (first) {
      case LENGTH_2 -> (row[at] & 0xFF) | (row[at + 1] & 0xFF) << 8;
      case LENGTH_3 -> (row[at] & 0xFF) | (row[at + 1] & 0xFF) << 8 | (row[at + 2] & 0xFF) << 16;
      // Eight bytes follow; no packet is longer than an array, so the upper four are 0.
      case 254 ->
          (row[at] & 0xFF)
              | (row[at + 1] & 0xFF) << 8
              | (row[at + 2] & 0xFF) << 16
              | (row[at + 3] & 0xFF) << 24;
      default -> first;
    };
  }

  private static int lengthBytes(int first) {
    return switch (first) {
      case LENGTH_2 -> 2;
      case LENGTH_3 -> 3;
      case 254 -> 8;
      default -> 0;
    };
  }

  /** Bytes that the row can need at most; for large rows close to what it does need. */
  private long room(byte[] row) {
    return row.length < LARGE
        ? 3L * row.length
        : (long) row.length + Escapes.count(row, 0, row.length) + 2L * clean.length;
  }
}
