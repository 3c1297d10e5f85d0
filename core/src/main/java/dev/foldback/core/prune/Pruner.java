package dev.foldback.core.prune;

import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.SnapshotListing;
import java.util.List;

/** Deletes from a repository under a lease of its own. For one thread. */
public interface Pruner extends AutoCloseable {

  /** Every snapshot that is there, whatever a listing that lags may show. */
  SnapshotListing snapshots();

  /** Every stored segment of log. */
  List<LogSegment> log();

  /**
   * What deleting these would free; changes nothing. Fails with {@code NOT_PRUNABLE} where it can't
   * be known what else refers to the objects.
   */
  Garbage weigh(Dropping dropping, Progress progress);

  /**
   * Deletes manifests, then those objects that nothing has referred to for the grace period;
   * objects that are free from now on are noted down for a later run. Stopped at any moment it
   * leaves a whole repository, and the next run goes on. Fails with {@code LEASE_LOST} where
   * another prune took over, and with {@code NOT_PRUNABLE} as {@link #weigh}.
   */
  Swept drop(Dropping dropping, Progress progress);

  /** Gives the lease back. */
  @Override
  void close();
}
