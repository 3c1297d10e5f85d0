package dev.foldback.core.prune;

import dev.foldback.core.repository.SnapshotManifest;
import java.util.List;

/**
 * What becomes of one snapshot.
 *
 * @param reasons in words, at least one
 */
public record SnapshotDecision(SnapshotManifest snapshot, boolean keep, List<String> reasons) {
  public SnapshotDecision {
    reasons = List.copyOf(reasons);
  }
}
