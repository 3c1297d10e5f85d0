package dev.foldback.core.prune;

import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogPlace;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of a stretch of log: segments one after another, all kept or all dropped.
 *
 * @param first number of its first segment
 * @param last number of its last segment
 * @param reasons in words, at least one
 */
public record LogDecision(
    SourceName source,
    long first,
    long last,
    LogPlace from,
    LogPlace to,
    Instant firstCommit,
    Instant lastCommit,
    long bytes,
    boolean keep,
    List<String> reasons) {
  public LogDecision {
    reasons = List.copyOf(reasons);
  }

  static LogDecision of(List<LogSegment> stretch, boolean keep, List<String> reasons) {
    LogSegment first = stretch.getFirst();
    LogSegment last = stretch.getLast();
    return new LogDecision(
        first.source(),
        first.number(),
        last.number(),
        first.from(),
        last.to(),
        first.firstCommit(),
        last.lastCommit(),
        stretch.stream().mapToLong(LogSegment::bytes).sum(),
        keep,
        reasons);
  }
}
