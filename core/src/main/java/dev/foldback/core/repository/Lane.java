package dev.foldback.core.repository;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.frame.RowSink;

/**
 * Writes slices one after another: cuts frames, hashes, compresses, packs them into objects, seals
 * and stores. For one thread. A slice that fails half way is begun again with {@link #begin}: what
 * was taken of it is forgotten.
 */
public interface Lane extends AutoCloseable {

  RowSink begin(TableName table, Slice slice);

  /** The slice is whole. Its last frames may still be on their way. */
  void end();

  /** Sends what is left and waits for it. */
  @Override
  void close();
}
