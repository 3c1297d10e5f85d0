package dev.foldback.core.log;

import java.util.Comparator;

/**
 * A place in a change log, without the set of transactions before it.
 *
 * @param file the log file's name, such as {@code binlog.000007}; empty where a log has no files
 * @param offset bytes from the start of that file
 */
public record LogPlace(String file, long offset) implements Comparable<LogPlace> {
  private static final Comparator<LogPlace> ORDER =
      Comparator.comparingLong(LogPlace::number).thenComparingLong(LogPlace::offset);

  /** The number at the end of the file's name, which counts up; 0 where there is none. */
  public long number() {
    int from = file.length();
    while (from > 0 && file.charAt(from - 1) >= '0' && file.charAt(from - 1) <= '9') {
      from--;
    }
    return from == file.length() ? 0 : Long.parseLong(file, from, file.length(), 10);
  }

  /** Order in the log of one server. */
  @Override
  public int compareTo(LogPlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file.isEmpty() ? Long.toString(offset) : file + ":" + offset;
  }
}
