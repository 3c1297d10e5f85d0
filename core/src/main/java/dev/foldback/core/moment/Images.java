package dev.foldback.core.moment;

import dev.foldback.core.log.RowImage;

/** Rows of which the log holds a part. */
final class Images {
  private Images() {}

  /** The later image with what the log left out of it taken from the earlier one. */
  static RowImage over(RowImage before, RowImage after) {
    RowImage whole = new RowImage(after.ends.length);
    for (int i = 0; i < after.ends.length; i++) {
      RowImage from = after.absent[i] ? before : after;
      int length = from.ends[i] - from.start(i);
      whole.text.reserve(length + 1L);
      System.arraycopy(from.text.bytes, from.start(i), whole.text.bytes, whole.text.length, length);
      whole.text.length += length;
      whole.ends[i] = whole.text.length;
      whole.text.bytes[whole.text.length++] = (byte) (i == after.ends.length - 1 ? '\n' : '\t');
    }
    return whole;
  }
}
