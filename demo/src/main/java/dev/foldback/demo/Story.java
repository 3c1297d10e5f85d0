package dev.foldback.demo;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/** What the demo says on the screen. */
final class Story {
  private final PrintStream out;

  /** Work that is timed. */
  interface Work<T> {
    T run() throws SQLException;
  }

  Story(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println();
    out.println("== " + text);
    out.flush();
  }

  void say(String text) {
    out.println("   " + text);
    out.flush();
  }

  <T> T timed(String what, Work<T> work) {
    long start = System.nanoTime();
    try {
      T result = work.run();
      say(String.format(Locale.ROOT, "%s in %.1f s", what, (System.nanoTime() - start) / 1e9));
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the demo's server refused a statement: " + e.getMessage(), e);
    }
  }

  /** Prints both sides of every checksum; whether all are equal. */
  boolean compare(Map<String, String> before, Map<String, String> now) {
    before.forEach(
        (table, sum) -> {
          String other = now.getOrDefault(table, "missing");
          say(
              String.format(
                  Locale.ROOT,
                  "%-16s %12s %12s  %s",
                  table,
                  sum,
                  other,
                  sum.equals(other) ? "equal" : "DIFFERENT"));
        });
    return before.equals(now);
  }
}
