package dev.foldback.core.restore;

import dev.foldback.core.Finding;
import dev.foldback.core.SnapshotId;
import java.time.Duration;
import java.util.List;

/**
 * A finished restore.
 *
 * @param tables how many tables were restored
 * @param compared whether every one of them was read back and found equal
 */
public record RestoreResult(
    SnapshotId snapshot,
    long tables,
    long rows,
    long rowBytes,
    boolean compared,
    List<Finding> findings,
    Duration loadTime,
    Duration compareTime) {
  public RestoreResult {
    findings = List.copyOf(findings);
  }
}
