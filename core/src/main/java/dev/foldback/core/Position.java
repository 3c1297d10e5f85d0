package dev.foldback.core;

/** A place in a server's change log. The text is what people paste into other tools. */
public sealed interface Position {

  /** One line for people and for {@code --json}. */
  String text();

  /**
   * A place in a binary log of the MySQL family.
   *
   * @param file the log file's name, such as {@code binlog.000007}
   * @param offset bytes from the start of that file
   * @param gtids the GTID set executed up to here, in the server's own notation; empty where the
   *     server keeps none
   */
  record Binlog(String file, long offset, String gtids) implements Position {
    @Override
    public String text() {
      String place = file + ":" + offset;
      return gtids.isEmpty() ? place : place + " gtid " + gtids;
    }
  }

  /** The server keeps no log: the snapshot is consistent, and nothing can follow it. */
  record None() implements Position {
    @Override
    public String text() {
      return "none (the server keeps no log)";
    }
  }
}
