package dev.foldback.core.progress;

import dev.foldback.core.Finding;

/**
 * Hears what long work does. Called from several threads, often: an implementation counts and
 * returns. All byte counts are rows' bytes before compression unless said otherwise.
 */
public interface Progress {

  /** Hears nothing. */
  Progress NONE = new Progress() {};

  /**
   * A phase begins, such as {@code read} or {@code load}; the one before it has ended.
   *
   * @param expectedRows estimate, 0 where unknown
   * @param expectedBytes estimate, 0 where unknown
   */
  default void phase(String name, long expectedRows, long expectedBytes) {}

  /** Work on a part of something, such as {@code shop.orders}, begins on this thread. */
  default void begin(String item) {}

  /** That many more rows and bytes are done. */
  default void advance(long rows, long bytes) {}

  /** Work on the part has ended on this thread. */
  default void end(String item) {}

  /** Something worth saying at once. */
  default void finding(Finding finding) {}

  /** A short state worth showing, such as the age of the oldest transaction; empty clears it. */
  default void note(String text) {}
}
