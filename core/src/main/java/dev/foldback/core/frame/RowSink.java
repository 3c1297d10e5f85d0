package dev.foldback.core.frame;

/**
 * Takes the rows of one slice, in order. An engine appends one row's bytes, its final newline
 * included, to {@link #buffer} and then calls {@link #endRow}. Not for several threads.
 */
public interface RowSink {
  /** Where to append. Its array and length may be replaced by any {@link #endRow}. */
  RowBuffer buffer();

  /** The bytes since the last call are one whole row. May block to bound memory. */
  void endRow();
}
