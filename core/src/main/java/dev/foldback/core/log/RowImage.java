package dev.foldback.core.log;

import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.frame.RowBuffer;
import java.util.Arrays;

/**
 * A row of the log as frames hold rows: values with tab between them and a newline after. Where the
 * log left a column out ({@code binlog_row_image}), its value is empty here and {@link #absent}
 * says so; where the log has but {@link ValueEdits} of a value that it left out before, these stand
 * here and {@link #isEdits} says so. Reused from row to row: who keeps one copies it.
 */
public final class RowImage {
  /** Holds this row alone, from 0 to its length. */
  public final RowBuffer text = new RowBuffer(1 << 12);

  /** Where each value ends in {@link #text}; the next begins one byte after. */
  public final int[] ends;

  /** Which columns the log left out. */
  public final boolean[] absent;

  /** How many of {@link #absent} are true. */
  public int absentCount;

  /** How many columns hold edits. */
  public int editedCount;

  /**
   * @param columns how many the table's frames have
   */
  public RowImage(int columns) {
    this.ends = new int[columns];
    this.absent = new boolean[columns];
  }

  /**
   * Takes a whole row of a frame.
   *
   * @param to its end, after its newline
   */
  public void set(byte[] row, int from, int to) {
    text.clear();
    text.reserve(to - from);
    System.arraycopy(row, from, text.bytes, 0, to - from);
    text.length = to - from;
    int column = 0;
    for (int i = 0; i < text.length; i++) {
      if (text.bytes[i] == '\t' || text.bytes[i] == '\n') {
        ends[column++] = i;
      }
    }
    Arrays.fill(absent, false);
    absentCount = 0;
    editedCount = 0;
  }

  /** Where the column's value begins in {@link #text}. */
  public int start(int column) {
    return column == 0 ? 0 : ends[column - 1] + 1;
  }

  /** Whether the column holds edits of what was there, in place of a value. */
  public boolean isEdits(int column) {
    return editedCount > 0 && ValueEdits.isEdits(text.bytes, start(column), ends[column]);
  }

  /** Whether the column has the same bytes in both; it must be absent in neither. */
  public boolean hasSame(int column, RowImage other) {
    return Arrays.equals(
        text.bytes,
        start(column),
        ends[column],
        other.text.bytes,
        other.start(column),
        other.ends[column]);
  }

  /** Whether every column has its value. */
  public boolean isWhole() {
    return absentCount == 0 && editedCount == 0;
  }
}
