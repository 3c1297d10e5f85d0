package dev.foldback.core.engine;

import java.io.InputStream;

/** The rows of one table as they were framed. */
public interface RowSource {
  /**
   * A fresh stream over all rows from the first; every frame is checked before it is handed out.
   */
  InputStream open();

  long rows();

  /** Whether it is known that there are none; then nothing needs to be loaded. */
  default boolean isEmpty() {
    return rows() == 0;
  }

  /** Bytes that the stream will give. */
  long bytes();
}
