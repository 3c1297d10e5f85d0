package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.log.RowImage;
import dev.foldback.engine.mysql.log.json.JsonEdits;
import java.util.Arrays;

/**
 * The JSON documents of a row of which the log holds what changed (PARTIAL_JSON). What is said of
 * the row stands before its values: options, and if the lowest of them is set a bit for each JSON
 * column of the table. In place of such a document is a length and so many bytes of diffs (MySQL's
 * {@code Json_diff_vector}): an operation, a path behind its length, and a value behind its own.
 * Not for several threads.
 */
final class PartialRow {
  private static final int REMOVE = 2;

  /** For each column its number among the JSON columns; -1 for others. */
  private final int[] documents;

  private final int count;
  private final RowImage before;
  private final RowBuffer edits = new RowBuffer(64);
  private final RowBuffer value = new RowBuffer(64);
  private int bits = -1;

  /**
   * @param types the columns' type codes in the log
   * @param before the row before the change, which is read first
   */
  PartialRow(int[] types, RowImage before) {
    this.before = before;
    documents = new int[types.length];
    int found = 0;
    for (int i = 0; i < types.length; i++) {
      documents[i] = types[i] == TableMap.JSON ? found++ : -1;
    }
    count = found;
  }

  /** Reads what is said of the row that comes. */
  void begin(Cursor in) {
    bits = (in.packed() & 1) == 0 ? -1 : in.take((count + 7) / 8);
  }

  /** The rows that come are whole. */
  void end() {
    bits = -1;
  }

  boolean has(Cursor in, int column) {
    int document = bits < 0 ? -1 : documents[column];
    return document >= 0 && (in.bytes[bits + document / 8] >> document % 8 & 1) != 0;
  }

  void skip(Cursor in) {
    in.take(in.u32());
  }

  /**
   * Writes the document with its changes, or these where the log lacks the document.
   *
   * @return whether there is something: without the document and without changes there is not
   */
  boolean write(Cursor in, int frame, RowImage to) {
    read(in);
    if (!before.absent[frame]) {
      JsonEdits.apply(before.text.bytes, before.start(frame), before.ends[frame], edits, to.text);
      return true;
    }
    if (edits.length > 0) {
      JsonEdits.put(edits, to.text);
      to.editedCount++;
    }
    return edits.length > 0;
  }

  private void read(Cursor in) {
    int from = in.take(in.u32());
    int end = in.at;
    in.at = from;
    edits.clear();
    while (in.at < end) {
      int operation = in.u8();
      byte[] path = in.copy((int) in.packed());
      value.clear();
      if (operation != REMOVE) {
        int binary = in.take(in.packed());
        JsonText.write(in.bytes, binary, in.at, value);
      }
      JsonEdits.append(operation, path, Arrays.copyOf(value.bytes, value.length), edits);
    }
    if (in.at != end) {
      throw new IndexOutOfBoundsException(
          "changes of a JSON document that are longer than they say");
    }
  }
}
