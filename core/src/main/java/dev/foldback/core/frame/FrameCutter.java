package dev.foldback.core.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decides after which row a frame ends, from the rows alone, so that the same rows in the same
 * order always make the same frames and a changed row disturbs only the frames near it. A frame
 * ends after a row whose hash falls below a threshold in proportion to the row's size (about one in
 * {@link #MEAN} bytes), once the frame has {@link #MIN} bytes, and in any case at {@link #MAX}.
 *
 * <p>This is content-defined chunking at row borders; the hash is FNV-1a over the first and last 32
 * bytes of the row with a final mix (the 64-bit finaliser of MurmurHash3). It is part of the
 * format: see docs/format.md.
 */
public final class FrameCutter {
  /** Bytes of rows below which no frame ends by content. */
  public static final int MIN = 1 << 20;

  /** Bytes of rows that a frame has on average, more or less. */
  public static final int MEAN = 4 << 20;

  /** Bytes of rows at which a frame ends whatever it holds; only a single row makes it longer. */
  public static final int MAX = 16 << 20;

  private static final int SAMPLE = 32;
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private FrameCutter() {}

  /**
   * Whether the frame ends after the row at {@code rowStart} to {@code end}.
   *
   * @param bytes holds the frame's rows so far
   * @param frameStart where the frame begins in {@code bytes}
   * @param rowStart where its last row begins
   * @param end the end of its last row
   */
  public static boolean endsAfter(byte[] bytes, int frameStart, int rowStart, int end) {
    int size = end - frameStart;
    if (size >= MAX) {
      return true;
    }
    if (size < MIN) {
      return false;
    }
    int row = end - rowStart;
    long threshold = Math.min(0xFFFFFFFFL, ((long) row << 32) / (MEAN - MIN));
    return (hash(bytes, rowStart, end) >>> 32) < threshold;
  }

  private static long hash(byte[] bytes, int from, int to) {
    int headEnd = Math.min(to, from + SAMPLE);
    long h = words(0xcbf29ce484222325L, bytes, from, headEnd);
    h = words(h, bytes, Math.max(headEnd, to - SAMPLE), to);
    h = step(h, to - from);
    h ^= h >>> 33;
    h *= 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    h *= 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }

  private static long words(long h, byte[] bytes, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      h = step(h, (long) LITTLE_ENDIAN.get(bytes, at));
    }
    if (at < to) {
      long rest = 0;
      for (int i = at; i < to; i++) {
        rest |= (bytes[i] & 0xFFL) << (8 * (i - at));
      }
      h = step(h, rest);
    }
    return h;
  }

  private static long step(long h, long word) {
    h = (h ^ word) * 0x9e3779b97f4a7c15L;
    return h ^ (h >>> 32);
  }
}
