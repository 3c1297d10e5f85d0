package dev.foldback.core.prune;

import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogPlace;
import java.time.Instant;

/**
 * A stored stretch of a source's log, as far as retention needs to know it.
 *
 * @param lineage whose log it is: the server's id as in snapshots' manifests
 * @param number counts up from segment to segment of a source; this is their order
 * @param to where the next one begins, unless there is a hole
 * @param lastCommit by the server's clock
 * @param bytes as stored
 */
public record LogSegment(
    SourceName source,
    String lineage,
    long number,
    LogPlace from,
    LogPlace to,
    Instant firstCommit,
    Instant lastCommit,
    long bytes) {

  /** Whether it goes on exactly where the other one ends. */
  boolean follows(LogSegment before) {
    return lineage.equals(before.lineage) && from.equals(before.to);
  }
}
