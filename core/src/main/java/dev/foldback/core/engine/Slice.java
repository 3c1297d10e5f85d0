package dev.foldback.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * A range of a table's leading key column, read by one thread.
 *
 * @param number from 0, in order of the key
 * @param from SQL literal of the first value, null for the table's start (NULL keys included)
 * @param to SQL literal of the first value after, null for the table's end
 * @param estimatedBytes of stored data
 */
public record Slice(int number, @Nullable String from, @Nullable String to, long estimatedBytes) {
  public static Slice whole(long estimatedBytes) {
    return new Slice(0, null, null, estimatedBytes);
  }
}
