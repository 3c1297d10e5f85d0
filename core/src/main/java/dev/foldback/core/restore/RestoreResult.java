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
 * @param findings of the plan and of the work
 * @param missing those that say what should be on the target and is not
 */
public record RestoreResult(
    SnapshotId snapshot,
    long tables,
    long rows,
    long rowBytes,
    boolean compared,
    List<Finding> findings,
    List<Finding> missing,
    Duration loadTime,
    Duration compareTime) {
  public RestoreResult {
    findings = List.copyOf(findings);
    missing = List.copyOf(missing);
  }

  /** Whether everything is there that the plan promised. */
  public boolean complete() {
    return missing.isEmpty();
  }
}
