package dev.foldback.core.moment;

import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.RowImage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values of some columns of a row, joined with tabs as they stand in frames. */
final class Values {
  private Values() {}

  /** A row of a frame with the ends of its values. */
  static final class Row {
    private final byte[] bytes;
    private final int[] ends;

    Row(byte[] bytes, int[] ends) {
      this.bytes = bytes;
      this.ends = ends;
    }

    byte[] bytes() {
      return bytes;
    }

    int[] ends() {
      return ends;
    }

    int start(int column) {
      return column == 0 ? 0 : ends[column - 1] + 1;
    }

    byte[] values(int[] columns) {
      return join(bytes, ends, 0, columns);
    }

    /** Whether the column has the same bytes in both. */
    boolean same(Row other, int column) {
      return Arrays.equals(
          bytes, start(column), ends[column], other.bytes, other.start(column), other.ends[column]);
    }

    /** The row with other values in some columns; a value for column -1 is left out. */
    Row with(int[] columns, byte[] values) {
      byte[][] parts = new byte[ends.length][];
      for (int i = 0; i < ends.length; i++) {
        parts[i] = Arrays.copyOfRange(bytes, start(i), ends[i]);
      }
      int from = 0;
      for (int column : columns) {
        int to = from;
        while (to < values.length && values[to] != '\t') {
          to++;
        }
        if (column >= 0) {
          parts[column] = Arrays.copyOfRange(values, from, to);
        }
        from = to + 1;
      }
      return of(parts);
    }

    private static Row of(byte[][] parts) {
      int length = parts.length;
      for (byte[] part : parts) {
        length += part.length;
      }
      byte[] row = new byte[length];
      int[] ends = new int[parts.length];
      int at = 0;
      for (int i = 0; i < parts.length; i++) {
        System.arraycopy(parts[i], 0, row, at, parts[i].length);
        at += parts[i].length;
        ends[i] = at;
        row[at++] = (byte) (i == parts.length - 1 ? '\n' : '\t');
      }
      return new Row(row, ends);
    }
  }

  static byte[] of(RowImage row, int[] columns) {
    return join(row.text.bytes, row.ends, 0, columns);
  }

  /** Of the later image, and what it lacks of the earlier one. */
  static byte[] of(RowImage earlier, RowImage later, int[] columns) {
    byte[][] parts = new byte[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      RowImage row = later.absent[columns[i]] ? earlier : later;
      parts[i] = Arrays.copyOfRange(row.text.bytes, row.start(columns[i]), row.ends[columns[i]]);
    }
    return join(parts);
  }

  /** The columns that are meant, with -1 in the place of others. */
  static int[] only(int[] columns, boolean[] which) {
    int[] some = columns.clone();
    for (int i = 0; i < some.length; i++) {
      some[i] = which[i] ? some[i] : -1;
    }
    return some;
  }

  static boolean same(RowImage some, RowImage other, int column) {
    return Arrays.equals(
        some.text.bytes,
        some.start(column),
        some.ends[column],
        other.text.bytes,
        other.start(column),
        other.ends[column]);
  }

  /**
   * @param ends of the values, counted from {@code from}
   */
  static byte[] join(byte[] bytes, int[] ends, int from, int[] columns) {
    int length = Math.max(0, columns.length - 1);
    for (int column : columns) {
      length += column < 0 ? 0 : ends[column] - start(ends, column);
    }
    byte[] joined = new byte[length];
    int at = 0;
    for (int i = 0; i < columns.length; i++) {
      if (i > 0) {
        joined[at++] = '\t';
      }
      if (columns[i] >= 0) {
        int start = start(ends, columns[i]);
        int size = ends[columns[i]] - start;
        System.arraycopy(bytes, from + start, joined, at, size);
        at += size;
      }
    }
    return joined;
  }

  private static int start(int[] ends, int column) {
    return column == 0 ? 0 : ends[column - 1] + 1;
  }

  static byte[] join(byte[][] parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        joined.write('\t');
      }
      joined.writeBytes(parts[i]);
    }
    return joined.toByteArray();
  }

  /** The joined values one by one. */
  static List<byte[]> parts(byte[] values) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= values.length; i++) {
      if (i == values.length || values[i] == '\t') {
        parts.add(Arrays.copyOfRange(values, from, i));
        from = i + 1;
      }
    }
    return parts;
  }

  /** Whether one of the joined values is NULL: such a row points nowhere. */
  static boolean hasNull(byte[] values) {
    int from = 0;
    for (int i = 0; i <= values.length; i++) {
      if (i == values.length || values[i] == '\t') {
        if (i - from == 2 && values[from] == '\\' && values[from + 1] == 'N') {
          return true;
        }
        from = i + 1;
      }
    }
    return false;
  }

  /** NULL for each of so many columns. */
  static byte[] nulls(int columns) {
    byte[] values = new byte[columns * 3 - 1];
    for (int i = 0; i < columns; i++) {
      values[i * 3] = '\\';
      values[i * 3 + 1] = 'N';
      if (i > 0) {
        values[i * 3 - 1] = '\t';
      }
    }
    return values;
  }

  /** The places of a table's key among its columns; all where it has none. */
  static int[] key(TableDefinition table) {
    int[] key = new int[table.key().isEmpty() ? table.columns().size() : table.key().size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = i;
      for (int j = 0; j < table.columns().size() && !table.key().isEmpty(); j++) {
        if (table.columns().get(j).name().equals(table.key().get(i))) {
          key[i] = j;
        }
      }
    }
    return key;
  }
}
