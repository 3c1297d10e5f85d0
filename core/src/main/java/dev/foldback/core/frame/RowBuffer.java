package dev.foldback.core.frame;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.util.Arrays;

/**
 * Growing bytes that an engine appends encoded rows to. The array is public so that the copy from
 * the driver's buffer is one pass; call {@link #reserve} before writing past {@link #length}.
 */
public final class RowBuffer {
  /** Bytes above which a buffer is given back after use: one huge row must not stay in memory. */
  public static final int KEPT = 40 << 20;

  private static final int MAX = Integer.MAX_VALUE - 16;

  private final int capacity;
  public byte[] bytes;
  public int length;

  public RowBuffer(int capacity) {
    this.capacity = capacity;
    this.bytes = new byte[capacity];
  }

  /** Forgets what it holds, and gives the memory of a huge row back. */
  public void clear() {
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[capacity];
    }
  }

  /** Makes room for {@code more} bytes past {@link #length}. */
  public void reserve(long more) {
    long need = length + more;
    if (need > bytes.length) {
      grow(need);
    }
  }

  private void grow(long need) {
    if (need > MAX) {
      throw new FoldbackException(
          ErrorCode.VALUE_TOO_LARGE,
          "one row needs " + need + " bytes; a row of this size can't be held in one array",
          "Rows up to 2 GiB in text form can be backed up; exclude the table and report it.");
    }
    long wanted = Math.min(MAX, Math.max(need, bytes.length * 3L / 2));
    try {
      bytes = Arrays.copyOf(bytes, (int) wanted);
    } catch (OutOfMemoryError e) {
      throw new FoldbackException(
          ErrorCode.OUT_OF_MEMORY,
          "the heap has no room for a row of " + need + " bytes; nothing was damaged",
          "Run again with a larger heap, such as FOLDBACK_HEAP=4g, and fewer --threads.",
          e);
    }
  }
}
