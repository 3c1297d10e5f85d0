package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings all reading connections to one position, by the mildest means that the server and the
 * account allow, in this order:
 *
 * <ol>
 *   <li>MariaDB tells the log position of each transaction's own snapshot: transactions are started
 *       until all say the same. No lock at all. Only where every commit moves that position.
 *   <li>Percona Server clones one transaction's snapshot into the others, and tells its log
 *       position as MariaDB does; all must say the same. No lock at all.
 *   <li>A lock that keeps transactions from committing, for the few milliseconds that starting the
 *       transactions takes: BACKUP STAGE BLOCK_COMMIT on MariaDB, FLUSH TABLES WITH READ LOCK on
 *       MySQL.
 *   <li>LOCK TABLES … READ on the selected tables, for as long: the way on managed services.
 * </ol>
 *
 * Tables without transactions are then locked against writes until they have been read.
 */
final class ConsistentStart {
  private static final int LOCK_FREE_ATTEMPTS = 8;
  private static final int LOCK_ATTEMPTS = 3;

  private final Connector connector;
  private final ServerFacts facts;
  private final SnapshotOptions options;
  private final List<Connection> readers;
  private final Listing listing;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * How it was had.
   *
   * @param held keeps tables without transactions from changing until they were read; null where
   *     there are none
   * @param since when it was begun to be had, as System.nanoTime tells: no transaction is older,
   *     and writes have been blocked for no longer
   */
  record Start(
      Position position,
      String method,
      List<Finding> findings,
      @Nullable ServerLock held,
      long since) {}

  private interface Locking {
    ServerLock lock() throws SQLException;
  }

  ConsistentStart(
      Connector connector,
      ServerFacts facts,
      SnapshotOptions options,
      List<Connection> readers,
      Listing listing) {
    this.connector = connector;
    this.facts = facts;
    this.options = options;
    this.readers = readers;
    this.listing = listing;
  }

  Start run() throws SQLException {
    Set<TableName> nonTransactional = listing.nonTransactional();
    if (facts.flavor().mariaDb() && nonTransactional.isEmpty() && isAllLogged()) {
      Optional<Start> start = withoutLock();
      if (start.isPresent()) {
        return start.get();
      }
    }
    Optional<Start> start = cloned();
    if (start.isPresent()) {
      return start.get();
    }
    if (facts.flavor().mariaDb()) {
      if (facts.grants().has("RELOAD")) {
        start =
            locked(
                "backup stage, held for milliseconds",
                () -> ServerLock.backupStage(connector, options.lockWait()));
      }
    } else if (facts.grants().has("RELOAD", "FLUSH_TABLES")) {
      start =
          locked(
              "global read lock, held for milliseconds",
              () -> ServerLock.global(connector, options.lockWait()));
    }
    if (start.isEmpty() && !listing.lockable().isEmpty()) {
      start =
          locked(
              "read locks on the selected tables, held for milliseconds",
              () -> ServerLock.tables(connector, options.lockWait(), listing.lockable()));
    }
    return start.isPresent() ? start.get() : inconsistent();
  }

  private boolean isAllLogged() throws SQLException {
    Unlogged unlogged = Unlogged.read(readers.getFirst(), facts);
    return unlogged.known() && unlogged.why().isEmpty();
  }

  private Optional<Start> withoutLock() throws SQLException {
    for (int attempt = 0; attempt < LOCK_FREE_ATTEMPTS; attempt++) {
      long since = System.nanoTime();
      startAll();
      Optional<Position.Binlog> common = commonPosition();
      // Once more: replication may have been started meanwhile.
      if (common.isPresent() && isAllLogged()) {
        return Optional.of(
            new Start(
                Positions.withGtids(readers.getFirst(), common.get()),
                "the server's own snapshot position, without any lock",
                findings,
                null,
                since));
      }
    }
    return Optional.empty();
  }

  /** Empty where the server can't, or where it is not proven that all see the same. */
  private Optional<Start> cloned() throws SQLException {
    if (!facts.variable("have_snapshot_cloning").equals("YES")
        || !facts.keepsLog()
        || !listing.nonTransactional().isEmpty()) {
      return Optional.empty();
    }
    try {
      String start = "START TRANSACTION WITH CONSISTENT SNAPSHOT";
      String first = Queries.one(readers.getFirst(), "select connection_id()");
      String next = start;
      long since = System.nanoTime();
      for (Connection reader : readers) {
        Queries.execute(reader, "ROLLBACK");
        Queries.execute(reader, next);
        next = start + " FROM SESSION " + first;
      }
      Optional<Position.Binlog> common = commonPosition();
      boolean exact =
          common.isPresent()
              && (!facts.variable("gtid_mode").equals("ON") || !common.get().gtids().isEmpty());
      if (!exact) {
        return Optional.empty();
      }
      for (Connection reader : readers) {
        Queries.execute(reader, "SAVEPOINT foldback");
      }
      return Optional.of(
          new Start(
              common.get(),
              "one snapshot cloned into all sessions, no lock",
              findings,
              null,
              since));
    } catch (SQLException e) {
      if (ServerErrors.isLost(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Optional<Position.Binlog> commonPosition() throws SQLException {
    Optional<Position.Binlog> common = Positions.ofSnapshot(readers.getFirst());
    for (Connection reader : readers) {
      if (!Positions.ofSnapshot(reader).equals(common)) {
        return Optional.empty();
      }
    }
    return common;
  }

  /** Starts under the lock; empty where the account may not take it. */
  private Optional<Start> locked(String method, Locking locking) throws SQLException {
    for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
      ServerLock lock;
      try {
        lock = locking.lock();
      } catch (SQLException e) {
        if (ServerErrors.isRightMissing(e)) {
          return Optional.empty();
        }
        throw e;
      }
      Optional<Start> start = under(lock, method);
      if (start.isPresent()) {
        return start;
      }
    }
    throw new FoldbackException(
        ErrorCode.SNAPSHOT_LOST,
        "the lock that brings all tables to one position was lost each time before all"
            + " transactions had been started, so they may see different moments",
        "Nothing was kept. Look at what ends connections, such as KILL or a proxy, and run it"
            + " again.");
  }

  /** Starts under this lock, and gives it up; empty where it was lost meanwhile. */
  private Optional<Start> under(ServerLock lock, String method) throws SQLException {
    long since = System.nanoTime();
    @Nullable ServerLock held = null;
    boolean started = false;
    try {
      startAll();
      Position position = Positions.ofServer(readers.getFirst(), facts);
      held = holdNonTransactional(lock);
      started = lock.isHeld();
      return started
          ? Optional.of(new Start(position, method, findings, held, since))
          : Optional.empty();
    } finally {
      if (held != lock || !started) {
        lock.close();
      }
      if (held != null && !started) {
        held.close();
      }
    }
  }

  /** Locks just these tables, or keeps the lock where the account may not or others are in it. */
  private @Nullable ServerLock holdNonTransactional(ServerLock lock) throws SQLException {
    Set<TableName> names = listing.nonTransactional();
    if (names.isEmpty()) {
      return null;
    }
    try {
      return ServerLock.tablesAtOnce(connector, names).orElse(lock);
    } catch (SQLException e) {
      if (ServerErrors.isRightMissing(e)) {
        return lock;
      }
      throw e;
    }
  }

  private Start inconsistent() throws SQLException {
    if (!options.allowInconsistent()) {
      throw new FoldbackException(
          ErrorCode.NOT_CONSISTENT,
          "this account can't bring all tables to one position: it may lock nothing",
          "GRANT RELOAD ON *.* TO "
              + facts.grants().account()
              + "; or LOCK TABLES on the schemas.");
    }
    long since = System.nanoTime();
    startAll();
    findings.add(
        Finding.warning(
            "not-consistent",
            "all tables",
            "the account may lock nothing: tables were read at slightly different moments, and no"
                + " log can follow this snapshot exactly",
            "GRANT RELOAD ON *.* TO " + facts.grants().account()));
    return new Start(new Position.None(), "not consistent", findings, null, since);
  }

  private void startAll() throws SQLException {
    for (Connection reader : readers) {
      Queries.execute(reader, "ROLLBACK");
      Queries.execute(reader, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }
    for (Connection reader : readers) {
      // Going back to it after each slice gives the table's metadata lock back.
      Queries.execute(reader, "SAVEPOINT foldback");
    }
  }
}
