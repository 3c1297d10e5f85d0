package dev.foldback.core.repository;

import dev.foldback.core.Finding;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots of a repository.
 *
 * @param entries oldest first
 * @param damaged manifests that can't be read, each an ERROR with its key as the subject, {@code
 *     snapshots/<source>/<id>.json}; and a WARNING for each file among them that is none
 */
public record SnapshotListing(List<Entry> entries, List<Finding> damaged) {
  public SnapshotListing {
    entries = List.copyOf(entries);
    damaged = List.copyOf(damaged);
  }

  /**
   * A snapshot with what was proven of it.
   *
   * @param proof the newest; empty where none was recorded
   * @param strongest the newest of the good ones that prove the most; a later, weaker check does
   *     not take its place
   */
  public record Entry(
      SnapshotManifest manifest, Optional<Proof> proof, Optional<Proof> strongest) {}
}
