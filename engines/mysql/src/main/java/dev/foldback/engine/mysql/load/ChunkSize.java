package dev.foldback.engine.mysql.load;

import dev.foldback.engine.mysql.connect.Flavor;

/** How many bytes of rows one LOAD DATA takes. */
final class ChunkSize {
  private static final long LARGE = 4L << 30;

  private ChunkSize() {}

  static long of(Flavor flavor, long tableBytes) {
    return flavor.loadsInBulk() || tableBytes <= LARGE ? Long.MAX_VALUE : LARGE;
  }
}
