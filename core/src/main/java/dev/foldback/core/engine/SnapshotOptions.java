package dev.foldback.core.engine;

import java.time.Duration;
import java.util.Map;

/**
 * How to open and read a snapshot.
 *
 * @param threads how many slices are read at once, at least 1
 * @param lockWait how long to wait for a lock before giving up; waiting never blocks others longer
 * @param maxBytesPerSecond limit on reading, over all threads; 0 for none
 * @param maxLoad reading pauses while a status value stands above its limit, such as {@code
 *     Threads_running} to 25; empty for none
 * @param allowInconsistent go on where the server can't give one position for all tables, and say
 *     so; otherwise such a snapshot fails
 */
public record SnapshotOptions(
    int threads,
    Duration lockWait,
    long maxBytesPerSecond,
    Map<String, Long> maxLoad,
    boolean allowInconsistent) {
  public SnapshotOptions {
    maxLoad = Map.copyOf(maxLoad);
  }

  public static SnapshotOptions threads(int threads) {
    return new SnapshotOptions(threads, Duration.ofSeconds(30), 0, Map.of(), false);
  }
}
