package dev.foldback.core.fold;

import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.log.RowImage;
import java.util.Arrays;

/**
 * Some columns of a row: a bit for each column of the table, then the row's text with those that
 * are left out empty, its newline included. A value may be edits of what was there.
 */
final class Patch {
  /** In place of where a patch's bits are: all columns are there. */
  private static final int WHOLE = -1;

  private Patch() {}

  private static int bits(int width) {
    return (width + 7) >>> 3;
  }

  private static boolean has(byte[] patch, int at, int column) {
    return ((patch[at + (column >>> 3)] >>> (column & 7)) & 1) != 0;
  }

  /** Appends the image's columns that the log has. */
  static void append(RowImage image, RowBuffer out) {
    int width = image.absent.length;
    int bits = bits(width);
    out.reserve((long) bits + image.text.length);
    Arrays.fill(out.bytes, out.length, out.length + bits, (byte) 0);
    for (int i = 0; i < width; i++) {
      if (!image.absent[i]) {
        out.bytes[out.length + (i >>> 3)] |= (byte) (1 << (i & 7));
      }
    }
    out.length += bits;
    append(out, image.text.bytes, 0, image.text.length);
  }

  /** Appends the row with the patch's columns in it. */
  static void overRow(
      KeyShape shape,
      byte[] row,
      int rowAt,
      byte[] patch,
      int patchAt,
      int patchEnd,
      RowBuffer out) {
    try {
      over(shape, WHOLE, row, rowAt, patch, patchAt, patchEnd, out);
    } catch (UnfitEditsException e) {
      KeyReader key = new KeyReader(shape);
      key.ofRow(row, rowAt, end((byte) '\n', row, rowAt) + 1);
      throw Mismatch.unfit(shape, key.bytes, key.from, key.to, e);
    }
  }

  /**
   * Appends the patch that does what the first and then the second does.
   *
   * @throws UnfitEditsException where the second holds edits that don't fit the first
   */
  static void overPatch(
      KeyShape shape, byte[] first, int firstAt, byte[] second, int at, int end, RowBuffer out) {
    int bits = bits(shape.width());
    out.reserve(bits);
    for (int i = 0; i < bits; i++) {
      out.bytes[out.length++] = (byte) (first[firstAt + i] | second[at + i]);
    }
    over(shape, firstAt, first, firstAt + bits, second, at, end, out);
  }

  private static void over(
      KeyShape shape,
      int bits,
      byte[] row,
      int rowAt,
      byte[] patch,
      int patchAt,
      int patchEnd,
      RowBuffer out) {
    int width = shape.width();
    int base = rowAt;
    int top = patchAt + bits(width);
    for (int i = 0; i < width; i++) {
      byte separator = (byte) (i == width - 1 ? '\n' : '\t');
      // A value holds neither of the two, so the search of a row's own end needs no bound.
      int baseEnd = end(separator, row, base);
      int topEnd = Bytes.find(separator, patch, top, patchEnd);
      if (!has(patch, patchAt, i)) {
        append(out, row, base, baseEnd);
      } else if (ValueEdits.isEdits(patch, top, topEnd) && (bits == WHOLE || has(row, bits, i))) {
        edit(shape.edits(), row, base, baseEnd, patch, top, topEnd, out);
      } else {
        append(out, patch, top, topEnd);
      }
      out.reserve(1);
      out.bytes[out.length++] = separator;
      base = baseEnd + 1;
      top = topEnd + 1;
    }
  }

  private static void edit(
      ValueEdits edits,
      byte[] row,
      int from,
      int to,
      byte[] patch,
      int top,
      int end,
      RowBuffer out) {
    if (ValueEdits.isEdits(row, from, to)) {
      edits.join(row, from, to, patch, top, end, out);
    } else {
      edits.apply(row, from, to, patch, top, end, out);
    }
  }

  private static int end(byte separator, byte[] row, int from) {
    return Bytes.find(separator, row, from, row.length);
  }

  static void append(RowBuffer out, byte[] bytes, int from, int to) {
    out.reserve(to - from);
    System.arraycopy(bytes, from, out.bytes, out.length, to - from);
    out.length += to - from;
  }
}
