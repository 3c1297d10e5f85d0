package dev.foldback.core.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.store.StoreException;
import java.util.Optional;

/**
 * Keeps the outcome of a check where that can be kept. A check is as good in a repository that can
 * only be read: its outcome is told all the same, and that it could not be kept is told with it.
 */
public final class ProofKeeping {
  private ProofKeeping() {}

  /** What is to be said where the proof could not be kept. */
  public static Optional<Finding> keep(Repository repository, SnapshotId id, Proof proof) {
    try {
      repository.record(id, proof);
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(
          Finding.warning(
              "proof-not-kept",
              "snapshot " + id,
              "the outcome of this check stands here alone, the repository did not take it: "
                  + e.getMessage(),
              "Check again with an account that may write to the repository, so that 'foldback"
                  + " list' shows it."));
    }
  }
}
