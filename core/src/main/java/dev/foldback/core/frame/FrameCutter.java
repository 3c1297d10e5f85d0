package dev.foldback.core.frame;

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
    long h = 0xcbf29ce484222325L;
    int headEnd = Math.min(to, from + SAMPLE);
    for (int i = from; i < headEnd; i++) {
      h = (h ^ (bytes[i] & 0xFF)) * 0x100000001b3L;
    }
    for (int i = Math.max(headEnd, to - SAMPLE); i < to; i++) {
      h = (h ^ (bytes[i] & 0xFF)) * 0x100000001b3L;
    }
    h = (h ^ (to - from)) * 0x100000001b3L;
    h ^= h >>> 33;
    h *= 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    h *= 0xc4ceb9fe1a85ec53L;
    h ^= h >>> 33;
    return h;
  }
}
