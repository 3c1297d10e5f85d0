package dev.foldback.core.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.SnapshotId;
import java.util.List;

/**
 * What a verification found.
 *
 * @param kind the strongest check that was made: see {@link Proof#kind}
 * @param snapshots verdict on each
 * @param objects how many objects were checked
 * @param storedBytes how many bytes of them
 * @param findings damage, each with the tables and snapshots that it touches
 */
public record VerifyReport(
    String kind, List<Verdict> snapshots, long objects, long storedBytes, List<Finding> findings) {
  public VerifyReport {
    snapshots = List.copyOf(snapshots);
    findings = List.copyOf(findings);
  }

  /** Whether nothing was wrong. */
  public boolean good() {
    return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR);
  }

  /**
   * One snapshot's verdict.
   *
   * @param good whether all of it can be restored, as far as was checked
   * @param damagedTables names of the tables that can't
   * @param damagedObjects names of the objects of it that are there but damaged
   */
  public record Verdict(
      SnapshotId id, boolean good, List<String> damagedTables, List<String> damagedObjects) {
    public Verdict {
      damagedTables = List.copyOf(damagedTables);
      damagedObjects = List.copyOf(damagedObjects);
    }

    /** A verdict that names no object. */
    public Verdict(SnapshotId id, boolean good, List<String> damagedTables) {
      this(id, good, damagedTables, List.of());
    }
  }
}
