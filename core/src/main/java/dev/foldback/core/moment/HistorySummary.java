package dev.foldback.core.moment;

import dev.foldback.core.Finding;
import dev.foldback.core.SnapshotId;
import java.util.List;

/**
 * What was told of a history.
 *
 * @param snapshot the one whose definitions the rows were read by
 * @param transactions those that did something that was asked for
 * @param findings what could not be told, and why
 */
public record HistorySummary(
    SnapshotId snapshot,
    long transactions,
    long inserts,
    long updates,
    long deletes,
    long statements,
    List<Finding> findings) {
  public HistorySummary {
    findings = List.copyOf(findings);
  }

  /** Whether everything was told. */
  public boolean complete() {
    return findings.stream().noneMatch(f -> f.severity() != Finding.Severity.INFO);
  }
}
