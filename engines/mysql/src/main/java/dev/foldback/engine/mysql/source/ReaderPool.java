package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections whose transactions all see the same position. A lost one can't be replaced: its
 * view of the data can't be had again.
 */
final class ReaderPool implements AutoCloseable {
  private final List<Connection> all;
  private final Deque<Connection> free;
  private int alive;
  private boolean draining;
  private @Nullable Throwable firstLoss;

  ReaderPool(List<Connection> connections) {
    all = new ArrayList<>(connections);
    free = new ArrayDeque<>(connections);
    alive = connections.size();
  }

  /** Waits for a free connection. */
  synchronized Connection take() {
    try {
      while (free.isEmpty() && alive > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED, "stopped while reading", "Run the same command again.", e);
    }
    if (alive == 0) {
      throw lost(firstLoss);
    }
    return free.removeFirst();
  }

  /** Gives one back, or ends its transaction where no more reads will come. */
  synchronized void give(Connection connection) {
    if (draining) {
      close(connection);
      alive--;
    } else {
      free.addFirst(connection);
    }
    notifyAll();
  }

  /** One is of no use any more. */
  synchronized void drop(Throwable cause) {
    alive--;
    firstLoss = firstLoss == null ? cause : firstLoss;
    notifyAll();
  }

  /** All reads have begun: free connections end now, the others when they are given back. */
  synchronized void drain() {
    draining = true;
    while (!free.isEmpty()) {
      close(free.removeFirst());
      alive--;
    }
    notifyAll();
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw ServerErrors.failed("ending a transaction", e);
    }
  }

  synchronized int alive() {
    return alive;
  }

  static FoldbackException lost(@Nullable Throwable cause) {
    return new FoldbackException(
        ErrorCode.SNAPSHOT_LOST,
        "the connections that hold the snapshot's position were lost, and the same view of the"
            + " data can't be had again"
            + (cause == null ? "" : "; " + cause.getMessage()),
        "Run the backup again; rows that were stored already are found and not sent twice. If it"
            + " happens again, look at the server's error log and at what ends idle connections.",
        cause);
  }

  @Override
  public void close() {
    all.forEach(ReaderPool::close);
  }
}
