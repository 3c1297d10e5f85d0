package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.sql.SQLException;

/**
 * The connection that holds the restore's lock on the target and keeps its note. Where it is lost
 * another one takes the lock again, unless another restore was quicker. Safe for several threads.
 */
final class Control implements AutoCloseable {
  static final String LOCK = "foldback_restore";
  private static final int WAIT_SECONDS = 20;

  private final Sessions sessions;
  private Db db;

  private Control(Sessions sessions, Db db) {
    this.sessions = sessions;
    this.db = db;
  }

  static Control take(Sessions sessions) throws SQLException {
    return new Control(sessions, locked(sessions));
  }

  /** The server may take a while to notice that an earlier run's connection is gone. */
  private static Db locked(Sessions sessions) throws SQLException {
    Db db = sessions.fresh();
    if (!db.value("SELECT GET_LOCK('" + LOCK + "', " + WAIT_SECONDS + ")").equals("1")) {
      db.close();
      throw new FoldbackException(
          ErrorCode.LEASE_HELD,
          "another restore to this server is under way; this one stops",
          "Wait for it to end, or stop it; then run this one again.");
    }
    return db;
  }

  /** The work may run twice: the first try may have been done when the connection was lost. */
  synchronized <T> T with(Sessions.Work<T> work) throws SQLException {
    return Retry.throwing(
        again -> {
          if (again && !db.isAlive()) {
            db.close();
            db = locked(sessions);
          }
          return work.on(db);
        });
  }

  @Override
  public synchronized void close() {
    db.close();
  }
}
