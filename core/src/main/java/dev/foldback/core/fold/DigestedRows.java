package dev.foldback.core.fold;

import dev.foldback.core.engine.RowSource;
import java.util.Optional;

/** Rows whose digest is known in the end. */
public interface DigestedRows extends RowSource {
  /** Of all rows, once a stream was read to its end. */
  Optional<RowSetDigest.Value> digest();
}
