package dev.foldback.core.prune;

import java.util.List;

/**
 * What a policy makes of a repository, and why.
 *
 * @param snapshots by source, oldest first
 * @param log by source, oldest first
 */
public record Decisions(List<SnapshotDecision> snapshots, List<LogDecision> log) {
  public Decisions {
    snapshots = List.copyOf(snapshots);
    log = List.copyOf(log);
  }
}
