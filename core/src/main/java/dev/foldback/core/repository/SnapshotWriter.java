package dev.foldback.core.repository;

import dev.foldback.core.SnapshotId;

/** A snapshot being written. Nothing of it is seen before {@link #commit}. */
public interface SnapshotWriter extends AutoCloseable {

  SnapshotId id();

  /** A way to write for one thread. */
  Lane openLane();

  /**
   * Writes the manifest, last and once: that is the commit. All lanes must be closed. Fails with
   * {@code LEASE_LOST} where another run took the source over.
   */
  SnapshotManifest commit(SnapshotContents contents);

  /** How much was really sent to the store so far, in bytes, and how much was found there. */
  Transfer transfer();

  /** Gives the lease back. Without a commit, what was stored stays for the next run to reuse. */
  @Override
  void close();
}
