package dev.foldback.engine.mysql.load;

/** How many bytes of rows one transaction takes. */
final class ChunkSize {
  /** Another size, in bytes. */
  static final String PROPERTY = "foldback.mysql.part";

  private static final long LARGE = 4L << 30;

  private ChunkSize() {}

  static long of(long tableBytes) {
    long part = Math.max(1, Long.getLong(PROPERTY, LARGE));
    return tableBytes <= part ? Long.MAX_VALUE : part;
  }
}
