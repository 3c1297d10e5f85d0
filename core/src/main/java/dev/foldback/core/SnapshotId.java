package dev.foldback.core;

import java.util.regex.Pattern;

/**
 * The name of a snapshot: the time it was begun in UTC and four random hexadecimal digits, such as
 * {@code 20260131T235959Z-09af}. Names of one source sort by that time; order of history still
 * comes from positions.
 */
public record SnapshotId(String value) implements Comparable<SnapshotId> {
  private static final Pattern ALLOWED = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}");

  public SnapshotId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new FoldbackException(
          ErrorCode.BAD_NAME,
          "'" + value + "' is not the id of a snapshot",
          "Take an id from 'foldback list', such as 20260131T235959Z-09af.");
    }
  }

  @Override
  public int compareTo(SnapshotId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
