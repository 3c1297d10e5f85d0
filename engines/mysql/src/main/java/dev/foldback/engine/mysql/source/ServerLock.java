package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A lock on the server, held by a connection of its own and gone with it.
 *
 * <p>The hazard is the wait, not the lock: a global lock that waits for one long statement makes
 * every later write wait behind it. So long statements are waited for before the lock is asked for,
 * and the server is told to give up the wait early; if it does not, our own statement is killed.
 */
final class ServerLock implements AutoCloseable {
  /** What a wait may cost others at most, whatever was allowed. */
  private static final Duration FIRST_STALL = Duration.ofSeconds(1);

  private static final Duration LONGEST_STALL = Duration.ofSeconds(10);

  private static final long LONG_STATEMENT_SECONDS = 2;
  private static final Set<String> IDLE =
      Set.of("sleep", "daemon", "connect", "binlog dump", "binlog dump gtid", "slave_io");
  private static final int DEADLOCK = 1213;
  private static final Set<Integer> WAITED_TOO_LONG = Set.of(1205, 1317, 3024, 1969);

  private final Connection connection;

  private ServerLock(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** Blocks all writes. */
  static ServerLock global(Connector connector, Duration wait) throws SQLException {
    return take(connector, wait, true, "FLUSH TABLES WITH READ LOCK");
  }

  /** MariaDB's: blocks commits and non-transactional writes, waits for no reader. */
  static ServerLock backupStage(Connector connector, Duration wait) throws SQLException {
    return take(connector, wait, false, "BACKUP STAGE START", "BACKUP STAGE BLOCK_COMMIT");
  }

  /** Blocks writes to these tables. */
  static ServerLock tables(Connector connector, Duration wait, Collection<TableName> names)
      throws SQLException {
    return take(connector, wait, true, lockTables(names));
  }

  /**
   * As {@link #tables}, while another lock is held that all writers wait for: so it waits for no
   * statement, which may be such a writer's, and for a moment only.
   *
   * @return empty where it was not granted in that moment
   */
  static Optional<ServerLock> tablesAtOnce(Connector connector, Collection<TableName> names)
      throws SQLException {
    try {
      return Optional.of(attempt(connector, FIRST_STALL, lockTables(names)));
    } catch (SQLException e) {
      if (WAITED_TOO_LONG.contains(e.getErrorCode()) || e.getErrorCode() == DEADLOCK) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String lockTables(Collection<TableName> names) {
    return names.stream()
        .map(n -> Sql.name(n.schema(), n.table()) + " READ")
        .collect(Collectors.joining(", ", "LOCK TABLES ", ""));
  }

  /** MySQL's: blocks DDL alone, for as long as it is held. */
  static ServerLock instance(Connector connector, Duration wait) throws SQLException {
    return take(connector, wait, false, "LOCK INSTANCE FOR BACKUP");
  }

  /**
   * Tries for a moment, gives up, and tries again for longer. A transaction that waits for the lock
   * may hold rows that the lock waits for, which ends only when the lock is given up.
   *
   * @param afterShort whether the lock waits for running statements, so that it is better to wait
   *     for the long ones before it is asked for
   */
  private static ServerLock take(
      Connector connector, Duration wait, boolean afterShort, String... statements)
      throws SQLException {
    long deadline = System.nanoTime() + wait.toNanos();
    for (Duration stall = FIRST_STALL; ; stall = shorter(stall.multipliedBy(2), LONGEST_STALL)) {
      if (afterShort) {
        awaitShortStatements(connector, deadline);
      }
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      try {
        return attempt(connector, shorter(stall, left), statements);
      } catch (SQLException e) {
        if (!WAITED_TOO_LONG.contains(e.getErrorCode())) {
          throw e;
        }
        // Others come first for as long as they had to wait.
        long next = System.nanoTime() + stall.toNanos() + FIRST_STALL.toNanos();
        if (next > deadline || Thread.currentThread().isInterrupted()) {
          throw notGranted(statements[0], e);
        }
        pause(stall);
      }
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static ServerLock attempt(Connector connector, Duration stall, String... statements)
      throws SQLException {
    Connection connection = connector.open("lock");
    try {
      Queries.execute(connection, "set lock_wait_timeout=" + Math.max(1, stall.toSeconds()));
      String id = Queries.one(connection, "select connection_id()");
      Thread killer = killAfter(connector, id, stall.plusSeconds(1));
      try {
        for (String sql : statements) {
          Queries.execute(connection, sql);
        }
      } finally {
        killer.interrupt();
      }
      return new ServerLock(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static FoldbackException notGranted(String statement, SQLException e) {
    String what = statement.startsWith("LOCK TABLES") ? "LOCK TABLES … READ" : statement;
    return new FoldbackException(
        ErrorCode.LOCK_NOT_GRANTED,
        what
            + " was not granted in time; the wait was given up so that others don't wait behind it",
        "Look at SHOW PROCESSLIST for long transactions and statements, and run again later, or"
            + " with a longer --lock-wait.",
        e);
  }

  /** Waits until no statement runs for long that a lock would have to wait for. */
  private static void awaitShortStatements(Connector connector, long deadline) throws SQLException {
    try (Connection connection = connector.open("lock")) {
      awaitShortStatements(connection, deadline);
    }
  }

  private static void awaitShortStatements(Connection connection, long deadline)
      throws SQLException {
    while (true) {
      List<Map<String, @Nullable String>> running =
          Queries.rows(connection, "show processlist").stream()
              .filter(ServerLock::runsLong)
              .toList();
      if (running.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        Map<String, @Nullable String> one = running.getFirst();
        throw new FoldbackException(
            ErrorCode.LOCK_NOT_GRANTED,
            String.format(
                Locale.ROOT,
                "statement %s of user %s runs for %s s; a lock now would make all writes wait",
                one.get("id"),
                one.get("user"),
                one.get("time")),
            "Wait for it to end, or end it with KILL " + one.get("id") + ", then run again.");
      }
      pause(Duration.ofMillis(200));
    }
  }

  private static boolean runsLong(Map<String, @Nullable String> process) {
    String command = String.valueOf(process.get("command")).toLowerCase(Locale.ROOT);
    String user = String.valueOf(process.get("user"));
    String time = String.valueOf(process.get("time"));
    return !IDLE.contains(command)
        && !user.equals("system user")
        && !user.equals("event_scheduler")
        && process.get("info") != null
        && time.matches("\\d{1,9}")
        && Long.parseLong(time) >= LONG_STATEMENT_SECONDS;
  }

  private static Thread killAfter(Connector connector, String id, Duration limit) {
    return Thread.ofVirtual()
        .name("foldback-lock-limit")
        .start(
            () -> {
              try {
                Thread.sleep(limit);
                try (Connection control = connector.open("control")) {
                  Queries.execute(control, "KILL QUERY " + id);
                }
              } catch (InterruptedException e) {
                // The lock was granted or refused in time: the usual way.
                Thread.currentThread().interrupt();
              } catch (SQLException e) {
                throw ServerErrors.failed("ending a wait for a lock", e);
              }
            });
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED, "stopped while waiting for a lock", "Run it again.", e);
    }
  }

  /** Whether the lock is still there: it goes with its connection. */
  boolean isHeld() {
    try {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
