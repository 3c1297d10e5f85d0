package dev.foldback.core.store;

/** What became of a put-if-absent. */
public enum PutOutcome {
  /** The object now holds the caller's bytes. */
  WRITTEN,
  /** The key was taken before; the store is unchanged. */
  EXISTS
}
