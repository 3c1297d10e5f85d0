package dev.foldback.engine.mysql.load;

import dev.foldback.engine.mysql.connect.Flavor;

/** How many bytes of rows one LOAD DATA takes. */
final class ChunkSize {
  /** Another size, in bytes. */
  static final String PROPERTY = "foldback.mysql.part";

  private static final long LARGE = 4L << 30;

  private ChunkSize() {}

  static long of(Flavor flavor, long tableBytes) {
    long part = Math.max(1, Long.getLong(PROPERTY, LARGE));
    return flavor.loadsInBulk() || tableBytes <= part ? Long.MAX_VALUE : part;
  }
}
