package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import java.util.Arrays;

/** Writes the one file that is a commit, and knows afterwards whether it is there. */
final class CommitFile {
  private final ObjectStore store;
  private final Lease lease;

  CommitFile(ObjectStore store, Lease lease) {
    this.store = store;
    this.lease = lease;
  }

  /**
   * Commits, or fails with {@code LEASE_LOST} where another run has committed the same.
   *
   * @param what it is, such as {@code snapshot 20260131T235959Z-09af}
   */
  void put(String key, byte[] manifest, String what) {
    lease.check();
    try {
      if (store.putIfAbsent(key, manifest) == PutOutcome.EXISTS && !isThere(key, manifest)) {
        throw new FoldbackException(
            ErrorCode.LEASE_LOST,
            "another run has committed " + what + "; this one is not committed",
            "Run the same command again.");
      }
    } catch (StoreException e) {
      if (e.effect() == StoreException.Effect.NONE) {
        throw e;
      }
      resolve(key, manifest, what, e);
    }
  }

  /** The store does not know whether the commit took place, so it is read back. */
  private void resolve(String key, byte[] manifest, String what, StoreException unknown) {
    boolean there;
    try {
      there = isThere(key, manifest);
    } catch (StoreException e) {
      unknown.addSuppressed(e);
      throw new FoldbackException(
          ErrorCode.COMMIT_UNKNOWN,
          "the store failed at the commit and can't be asked whether "
              + what
              + " is there; if it is, it is whole",
          "Look with 'foldback list' when the store answers, and run it again if it is not there.",
          unknown);
    }
    if (!there) {
      throw unknown;
    }
  }

  private boolean isThere(String key, byte[] manifest) {
    try {
      return Arrays.equals(store.get(key), manifest);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
