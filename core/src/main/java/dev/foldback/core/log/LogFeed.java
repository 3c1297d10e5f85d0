package dev.foldback.core.log;

/**
 * Reads the log of a server as a replica would. It hands out nothing that it has not proven to
 * follow what it handed out before: by offsets, by checksums where the log has them, and by the
 * sets of transactions that each log file begins with. For one thread.
 */
public interface LogFeed extends AutoCloseable {

  /**
   * What comes next. Blocks for no longer than {@link LogOptions#pulse} where the log is quiet.
   * Fails with {@code LOG_BROKEN} where the log does not go on unbroken, and with {@code
   * SERVER_LOST} where the connection ends; all up to the last whole transaction stays good.
   */
  LogItem next();

  /**
   * What was handed out since the last cut, up to the last whole transaction, and begins to count
   * anew. Bytes after that transaction are part of no stretch.
   */
  LogStretch cut();

  /** Ends the reading. The server's side of it ends by itself. */
  @Override
  void close();
}
