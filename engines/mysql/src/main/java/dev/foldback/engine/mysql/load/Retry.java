package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does work again whose failure may pass: deadlocks, waits for locks, ended sessions, and a server
 * that is away for a while, as in a restart. Work that reached the server is tried a few times; a
 * server that can't be reached is waited for about a minute. One that takes connections and does
 * not answer was waited for already.
 */
final class Retry {
  private static final Set<ErrorCode> AWAY =
      Set.of(ErrorCode.SERVER_UNREACHABLE, ErrorCode.SERVER_LOST);
  private static final int TRIES = 5;
  private static final Duration AWAY_FOR = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private int tries;
  private int pauses;
  private @Nullable Long awaySince;

  /** Whether the work has but one connection, and can't be done without it. */
  private final boolean bound;

  private final Duration firstPause;

  /**
   * @param firstPause before the second try; later ones are longer
   */
  Retry(boolean bound, Duration firstPause) {
    this.bound = bound;
    this.firstPause = firstPause;
  }

  /** Work that can be done from its beginning again. */
  interface Work<T> {
    /**
     * @param again whether an earlier try may have done some of it, or all
     */
    T run(boolean again) throws SQLException;
  }

  /**
   * Does the work until it is done or its failure is none that passes.
   *
   * @param what it is, for a message, such as {@code creating table shop.orders}
   */
  static <T> T of(String what, Work<T> work) {
    try {
      return throwing(work);
    } catch (SQLException e) {
      throw Failures.of(what, e);
    }
  }

  /** The same for those who know what the failure means. */
  static <T> T throwing(Work<T> work) throws SQLException {
    return new Retry(false, FIRST_PAUSE).run(work);
  }

  /**
   * Does work on one connection that can't be done on another.
   *
   * @throws FoldbackException where the connection is lost or a failure that may pass does not: the
   *     next run of the restore may come further
   * @throws SQLException where the server refuses
   */
  static <T> T here(String what, Work<T> work) throws SQLException {
    try {
      return new Retry(true, FIRST_PAUSE).run(work);
    } catch (SQLException e) {
      if (ServerErrors.isPassing(e) || ServerErrors.isLost(e)) {
        throw Failures.of(what, e);
      }
      throw e;
    }
  }

  <T> T run(Work<T> work) throws SQLException {
    for (boolean again = false; ; again = true) {
      try {
        return work.run(again);
      } catch (SQLException e) {
        if (!mayPass(e, false)) {
          throw e;
        }
      } catch (FoldbackException e) {
        boolean away = e.code() == ErrorCode.SERVER_UNREACHABLE;
        boolean passes =
            e.getCause() instanceof SQLException cause
                ? mayPass(cause, away)
                : AWAY.contains(e.code()) && mayPass(away);
        if (!passes) {
          throw e;
        }
      }
      pause();
    }
  }

  private boolean mayPass(SQLException e, boolean away) {
    if (bound && (away || ServerErrors.isLost(e))) {
      return false;
    }
    return (away || ServerErrors.isPassing(e)) && !ServerErrors.isUnanswered(e) && mayPass(away);
  }

  private boolean mayPass(boolean away) {
    if (!away) {
      awaySince = null;
      return ++tries < TRIES;
    }
    long now = System.nanoTime();
    if (awaySince == null) {
      awaySince = now;
    }
    return now - awaySince < AWAY_FOR.toNanos();
  }

  private void pause() {
    Duration pause = firstPause.multipliedBy(1L << Math.min(pauses++, 5));
    try {
      Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED, "stopped before the end", "Run the same command again.", e);
    }
  }
}
