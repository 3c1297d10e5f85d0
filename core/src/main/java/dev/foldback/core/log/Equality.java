package dev.foldback.core.log;

import org.jspecify.annotations.Nullable;

/**
 * How a server tells whether values of a column are equal. Values of two columns can be compared
 * where the columns' equalities are equal.
 */
public interface Equality {
  /** Whether every value has a {@link #form}. */
  boolean isWhole();

  /**
   * What equal values share and others do not.
   *
   * @param values holds the value from {@code from} to {@code to}, as it stands in frames; not NULL
   * @return null where the value may be equal to others of which nothing is known
   */
  byte @Nullable [] form(byte[] values, int from, int to);
}
