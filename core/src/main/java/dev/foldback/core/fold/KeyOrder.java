package dev.foldback.core.fold;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server's order of keys, where it follows from their text: numbers, dates and byte strings,
 * alone or together. Text has a collation, and FLOAT and TIME an order that their text doesn't
 * have: there is no such order then. A column that the key holds descending is taken for ascending;
 * rows then come at another place, which costs speed only.
 */
final class KeyOrder {
  private final boolean[] numeric;

  private KeyOrder(boolean[] numeric) {
    this.numeric = numeric;
  }

  static @Nullable KeyOrder of(TableDefinition table, int[] columns) {
    boolean[] numeric = new boolean[columns.length];
    List<ColumnLayout> layouts = table.columns();
    for (int i = 0; i < columns.length; i++) {
      ColumnLayout column = layouts.get(columns[i]);
      numeric[i] =
          switch (column.encoding()) {
            case NUMBER, INDEX -> true;
            case BYTES, FLOAT, JSON, TEXT -> false;
          };
      if (!numeric[i] && !isOrderedText(column)) {
        return null;
      }
    }
    return columns.length == 0 ? null : new KeyOrder(numeric);
  }

  private static boolean isOrderedText(ColumnLayout column) {
    String type = column.type().toLowerCase(Locale.ROOT);
    return column.encoding() == ColumnLayout.Encoding.BYTES
        && (type.equals("date")
            || type.startsWith("datetime")
            || type.startsWith("timestamp")
            || type.startsWith("binary")
            || type.startsWith("varbinary"));
  }

  /** Compares two keys, which are values with tab between them. */
  int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int aAt = aFrom;
    int bAt = bFrom;
    for (boolean number : numeric) {
      int aEnd = Bytes.find((byte) '\t', a, aAt, aTo);
      int bEnd = Bytes.find((byte) '\t', b, bAt, bTo);
      int order = number ? numbers(a, aAt, aEnd, b, bAt, bEnd) : texts(a, aAt, aEnd, b, bAt, bEnd);
      if (order != 0) {
        return order;
      }
      aAt = Math.min(aEnd + 1, aTo);
      bAt = Math.min(bEnd + 1, bTo);
    }
    return 0;
  }

  private static int numbers(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    boolean aMinus = aFrom < aTo && a[aFrom] == '-';
    boolean bMinus = bFrom < bTo && b[bFrom] == '-';
    if (aMinus != bMinus) {
      return aMinus ? -1 : 1;
    }
    if (aMinus) {
      return magnitudes(b, bFrom + 1, bTo, a, aFrom + 1, aTo);
    }
    return magnitudes(a, aFrom, aTo, b, bFrom, bTo);
  }

  /** More digits before the point are a larger number; else the digits decide, as text. */
  private static int magnitudes(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int aWhole = Bytes.find((byte) '.', a, aFrom, aTo) - aFrom;
    int bWhole = Bytes.find((byte) '.', b, bFrom, bTo) - bFrom;
    if (aWhole != bWhole) {
      return aWhole < bWhole ? -1 : 1;
    }
    return Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
  }

  /** By bytes, as they are without escapes. */
  private static int texts(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int i = aFrom;
    int j = bFrom;
    while (i < aTo && j < bTo) {
      int x = a[i] & 0xFF;
      int y = b[j] & 0xFF;
      if (x == '\\' && i + 1 < aTo) {
        x = unescaped(a[++i]);
      }
      if (y == '\\' && j + 1 < bTo) {
        y = unescaped(b[++j]);
      }
      if (x != y) {
        return x < y ? -1 : 1;
      }
      i++;
      j++;
    }
    return Boolean.compare(i < aTo, j < bTo);
  }

  private static int unescaped(byte b) {
    return switch (b) {
      case '0' -> 0;
      case 't' -> '\t';
      case 'n' -> '\n';
      default -> b & 0xFF;
    };
  }
}
