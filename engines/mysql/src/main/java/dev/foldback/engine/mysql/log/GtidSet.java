package dev.foldback.engine.mysql.log;

/**
 * A set of global transaction identifiers, as MySQL or MariaDB writes it. Not for several threads.
 */
public sealed interface GtidSet permits MySqlGtids, MariaDbGtids {

  /** Reads a set in the server's own notation. */
  static GtidSet parse(boolean mariaDb, String text) {
    return mariaDb ? MariaDbGtids.parse(text) : MySqlGtids.parse(text);
  }

  /** Adds one, in the notation of {@link GtidEvents}. */
  void add(String gtid);

  /** Whether the transaction is one of these. */
  boolean has(String gtid);

  /** Whether all of the other set are in this one. */
  boolean containsAll(GtidSet other);

  boolean isEmpty();

  GtidSet copy();

  /** In the server's own notation, on one line. */
  String text();
}
