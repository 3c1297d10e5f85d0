package dev.foldback.core.repository;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;

/** A snapshot being written. Nothing of it is seen before {@link #commit}. */
public interface SnapshotWriter extends AutoCloseable {

  SnapshotId id();

  /** Number of the newest segment of the source's log when this was begun; 0 for none. */
  long storedLog();

  /** A way to write for one thread. */
  Lane openLane();

  /**
   * Takes the rows of a table over from a snapshot of the same source, unread.
   *
   * @param table as it is called now
   * @param former what that snapshot calls it
   * @return false where the store no longer has them all, or they are damaged; nothing was taken
   *     then
   */
  boolean carry(TableDefinition table, SnapshotId snapshot, TableName former);

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
