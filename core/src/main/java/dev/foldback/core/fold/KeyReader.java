package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.log.RowImage;

/**
 * Finds the key of a row: its values as they are in the text, with tab between them; of a table
 * with no key the whole row, without its newline. Reused from row to row.
 */
final class KeyReader {
  private final KeyShape shape;
  private final RowBuffer joined = new RowBuffer(64);
  private final int[] starts;
  private final int[] ends;

  /** Where the key of the last row is. */
  byte[] bytes = joined.bytes;

  int from;
  int to;
  long hash;

  KeyReader(KeyShape shape) {
    this.shape = shape;
    starts = new int[shape.lastColumn + 1];
    ends = new int[shape.lastColumn + 1];
  }

  /**
   * The key of a row in a text.
   *
   * @param end of it, after its newline
   */
  void ofRow(byte[] text, int start, int end) {
    int newline = end - 1;
    if (!shape.isKeyed()) {
      set(text, start, newline);
      return;
    }
    int at = start;
    int last = shape.lastColumn;
    for (int i = 0; i <= last; i++) {
      if (at > newline) {
        throw Mismatch.columns(shape.table());
      }
      starts[i] = at;
      ends[i] = Bytes.find((byte) '\t', text, at, newline);
      at = ends[i] + 1;
    }
    int[] columns = shape.columns;
    if (shape.adjoining) {
      set(text, starts[columns[0]], ends[columns[columns.length - 1]]);
      return;
    }
    joined.clear();
    for (int column : columns) {
      join(text, starts[column], ends[column]);
    }
    setJoined();
  }

  /** The key of a row of the log. */
  void of(RowImage image) {
    of(image, image);
  }

  /** The key of a row after its change; what the log left out is as before. */
  void of(RowImage before, RowImage after) {
    int[] columns = shape.columns;
    if (!shape.isKeyed()) {
      set(after.text.bytes, 0, after.text.length - 1);
      return;
    }
    if (shape.adjoining && after.isWhole()) {
      set(after.text.bytes, after.start(columns[0]), after.ends[columns[columns.length - 1]]);
      return;
    }
    joined.clear();
    for (int column : columns) {
      RowImage image = after.absent[column] ? before : after;
      if (image.absent[column]) {
        throw Mismatch.incomplete(shape.table());
      }
      join(image.text.bytes, image.start(column), image.ends[column]);
    }
    setJoined();
  }

  private void join(byte[] text, int start, int end) {
    joined.reserve(end - start + 1L);
    System.arraycopy(text, start, joined.bytes, joined.length, end - start);
    joined.length += end - start;
    joined.bytes[joined.length++] = '\t';
  }

  private void setJoined() {
    set(joined.bytes, 0, joined.length - 1);
  }

  private void set(byte[] text, int start, int end) {
    bytes = text;
    from = start;
    to = end;
    hash = Bytes.hash(text, start, end);
  }
}
