package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.RowImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows of one table stand in row events: made from what the log says of its columns, checked
 * against its definition. Holds the two images that its rows are told with. Not for several
 * threads.
 */
final class RowLayout {
  final LoggedTable table;
  final RowImage before;
  final RowImage after;
  private final ColumnDecoder[] decoders;

  /** The column of the frames, or -1. */
  private final int[] frames;

  private final int frameColumns;

  /** Whether frames have the columns in the log's order, so that one pass will do. */
  private final boolean inOrder;

  /** Where each column's value begins in the event; -1 for NULL, -2 where it is absent. */
  private final int[] starts;

  private final RowBuffer scratch = new RowBuffer(1 << 10);
  private final PartialRow partial;

  /** What a new row holds in columns that the log leaves out; asked for once it does. */
  private @Nullable List<byte @Nullable []> unset;

  private boolean isNew;

  RowLayout(LoggedTable table, TableMap map, LogPlace at) {
    this.table = table;
    int columns = map.types.length;
    int known = table.columns().size();
    if (columns < known || columns > known + table.hidden()) {
      throw mismatch(table, at, columns + " columns, its definition has " + known);
    }
    decoders = new ColumnDecoder[columns];
    frames = new int[columns];
    int count = 0;
    int last = -1;
    boolean rising = true;
    for (int i = 0; i < columns; i++) {
      if (i >= known) {
        decoders[i] = Numbers.integer(8, true, 0);
        frames[i] = -1;
        continue;
      }
      LoggedColumn column = table.columns().get(i);
      decoders[i] = decoder(table, column, map, i, at);
      frames[i] = column.frame();
      if (column.frame() >= 0) {
        rising &= column.frame() > last;
        last = column.frame();
        count++;
      }
    }
    frameColumns = count;
    if (!table.isSequence() && count != table.definition().columns().size()) {
      throw mismatch(table, at, "fewer columns than the frames have");
    }
    inOrder = rising;
    starts = new int[columns];
    before = new RowImage(count);
    after = new RowImage(count);
    partial = new PartialRow(map.types, before);
  }

  private static ColumnDecoder decoder(
      LoggedTable table, LoggedColumn column, TableMap map, int i, LogPlace at) {
    @Nullable ColumnDecoder decoder = Decoders.of(column, map.types[i], map.metas[i]);
    if (decoder == null) {
      throw mismatch(
          table,
          at,
          "a column of type code "
              + map.types[i]
              + " ("
              + map.metas[i]
              + ") where its definition has "
              + column.text().name()
              + " "
              + column.text().type());
    }
    return decoder;
  }

  private static RuntimeException mismatch(LoggedTable table, LogPlace at, String what) {
    return LogErrors.refused(
        at,
        "holds rows of " + table.name() + " with " + what,
        "The table was redefined without a trace in the log; take a new snapshot.");
  }

  /** Whether all of the row's key is there. */
  boolean hasKey(RowImage row) {
    List<String> key = table.definition().key();
    List<ColumnLayout> all = table.definition().columns();
    boolean found = !key.isEmpty();
    for (int i = 0; i < all.size(); i++) {
      found &= !row.absent[i] || !key.contains(all.get(i).name());
    }
    return found;
  }

  int columns() {
    return decoders.length;
  }

  /** Reads a row as it is after its change, of which the one before was read. */
  void readPartial(Cursor in, int present) {
    partial.begin(in);
    read(in, present, after);
    partial.end();
  }

  /** Reads a row that is new: columns that are not there hold their defaults. */
  void readNew(Cursor in, int present) {
    isNew = true;
    read(in, present, after);
    isNew = false;
  }

  /**
   * Reads one row.
   *
   * @param present where the bits are that say which columns are there
   */
  void read(Cursor in, int present, RowImage to) {
    to.text.clear();
    to.absentCount = 0;
    to.editedCount = 0;
    int nulls = in.at;
    in.take((count(in.bytes, present) + 7) / 8);
    if (inOrder) {
      sequential(in, present, nulls, to);
    } else {
      locate(in, present, nulls);
      int end = in.at;
      for (int frame = 0; frame < frameColumns; frame++) {
        ordered(in, frame, to);
      }
      in.at = end;
    }
    finish(to);
  }

  private int count(byte[] bytes, int present) {
    int count = 0;
    for (int i = 0; i < (decoders.length + 7) / 8; i++) {
      int mask = 8 * i + 8 > decoders.length ? (1 << (decoders.length - 8 * i)) - 1 : 0xFF;
      count += Integer.bitCount(bytes[present + i] & mask);
    }
    return count;
  }

  private void sequential(Cursor in, int present, int nulls, RowImage to) {
    byte[] bytes = in.bytes;
    RowBuffer text = to.text;
    int bit = 0;
    int frame = 0;
    for (int i = 0; i < decoders.length; i++) {
      boolean kept = frames[i] >= 0;
      if (!isSet(bytes, present, i)) {
        if (kept) {
          left(i, to, frame++);
        }
        continue;
      }
      boolean isNull = isSet(bytes, nulls, bit++);
      if (!kept) {
        skip(in, i, isNull);
        continue;
      }
      if (isNull) {
        nothing(text);
        value(to, frame++);
      } else {
        there(in, i, frame++, to);
      }
    }
  }

  private void there(Cursor in, int column, int frame, RowImage to) {
    if (!partial.has(in, column)) {
      decoders[column].write(in, to.text);
      value(to, frame);
    } else if (partial.write(in, frame, to)) {
      value(to, frame);
    } else {
      absent(to, frame);
    }
  }

  private void skip(Cursor in, int column, boolean isNull) {
    if (isNull) {
      return;
    }
    if (partial.has(in, column)) {
      partial.skip(in);
    } else {
      scratch.clear();
      decoders[column].write(in, scratch);
    }
  }

  private void locate(Cursor in, int present, int nulls) {
    int bit = 0;
    for (int i = 0; i < decoders.length; i++) {
      int start = -2;
      if (isSet(in.bytes, present, i)) {
        boolean isNull = isSet(in.bytes, nulls, bit++);
        start = isNull ? -1 : in.at;
        skip(in, i, isNull);
      }
      starts[i] = start;
    }
  }

  private void ordered(Cursor in, int frame, RowImage to) {
    int column = 0;
    while (frames[column] != frame) {
      column++;
    }
    if (starts[column] == -2) {
      left(column, to, frame);
      return;
    }
    if (starts[column] == -1) {
      nothing(to.text);
      value(to, frame);
    } else {
      in.at = starts[column];
      there(in, column, frame, to);
    }
  }

  private static boolean isSet(byte[] bytes, int from, int bit) {
    return (bytes[from + (bit >> 3)] >> (bit & 7) & 1) != 0;
  }

  private static void nothing(RowBuffer text) {
    text.reserve(2);
    text.bytes[text.length++] = '\\';
    text.bytes[text.length++] = 'N';
  }

  /** What the log left out. */
  private void left(int column, RowImage to, int frame) {
    byte[] value = isNew ? unset(column) : null;
    if (value == null) {
      absent(to, frame);
    } else {
      to.text.reserve(value.length);
      System.arraycopy(value, 0, to.text.bytes, to.text.length, value.length);
      to.text.length += value.length;
      value(to, frame);
    }
  }

  private byte @Nullable [] unset(int column) {
    List<byte @Nullable []> all = unset;
    if (all == null) {
      all = table.unset();
      unset = all;
    }
    return column < all.size() ? all.get(column) : null;
  }

  private static void absent(RowImage to, int frame) {
    value(to, frame);
    to.absent[frame] = true;
    to.absentCount++;
  }

  private static void value(RowImage to, int frame) {
    RowBuffer text = to.text;
    to.ends[frame] = text.length;
    to.absent[frame] = false;
    text.reserve(1);
    text.bytes[text.length++] = '\t';
  }

  private static void finish(RowImage to) {
    if (to.text.length == 0) {
      // No columns at all: the row is its newline.
      to.text.length++;
    }
    to.text.bytes[to.text.length - 1] = '\n';
  }
}
