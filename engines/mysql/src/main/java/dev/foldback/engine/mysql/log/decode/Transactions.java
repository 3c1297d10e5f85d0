package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.TableName;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.Transaction;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the events of a transaction and tells them when the log says that it committed: a
 * savepoint may take some back, a crash or a ROLLBACK all, and a prepared XA transaction is decided
 * much later. Not for several threads.
 */
final class Transactions implements AutoCloseable {
  private static final String SNAPSHOT = "Take a new snapshot with foldback backup --full.";

  /** A savepoint, and what had been gathered when it was set. */
  private record Savepoint(String name, long size) {}

  private final ChangeListener listener;
  private final Teller teller;
  private final Path folder;
  private final Map<String, Spool> prepared = new HashMap<>();
  private final List<Savepoint> savepoints = new ArrayList<>();
  private Spool spool;
  private @Nullable Gtid gtid;
  private @Nullable Transaction current;
  private boolean open;
  private boolean stopped;

  Predicate<Transaction> wanted = any -> true;
  boolean mariaDb;

  Transactions(
      Function<TableName, @Nullable LoggedTable> tables, ChangeListener listener, Path folder) {
    this.listener = listener;
    this.folder = folder;
    this.teller = new Teller(tables, listener);
    this.spool = new Spool(folder);
  }

  static boolean isRows(int type) {
    return type == EventType.TABLE_MAP
        || (type >= EventType.WRITE_ROWS_V1 && type <= EventType.DELETE_ROWS_V1)
        || (type >= EventType.WRITE_ROWS_V2 && type <= EventType.DELETE_ROWS_V2)
        || type == EventType.PARTIAL_UPDATE_ROWS
        || (type >= EventType.WRITE_ROWS_COMPRESSED_V1
            && type <= EventType.DELETE_ROWS_COMPRESSED_V2);
  }

  boolean isStopped() {
    return stopped;
  }

  boolean isOpen() {
    return current != null && !stopped;
  }

  /** The transaction that is open never came to its end. */
  void abandon() {
    current = null;
    gtid = null;
    open = false;
  }

  void begin(Gtid next, LogPlace at) {
    if (current != null) {
      throw LogErrors.damaged(at, "a transaction begins inside another");
    }
    start(next, at);
    open = next.opens();
  }

  private void start(Gtid next, LogPlace at) {
    Instant committed = Instant.EPOCH.plus(next.micros(), ChronoUnit.MICROS);
    Transaction transaction = new Transaction(next.id(), at, committed);
    if (!wanted.test(transaction)) {
      stopped = true;
    }
    gtid = next;
    current = transaction;
    savepoints.clear();
    spool.restart(at.file());
  }

  /** Old logs have nothing before a transaction's first statement. */
  private void ensureStarted(Event event, LogPlace at) {
    if (current == null) {
      start(new Gtid("", event.timestamp() * 1_000_000, false), at);
    }
  }

  void change(Event event, boolean checksummed, LogPlace at) {
    if (current == null) {
      throw LogErrors.damaged(at, "rows outside of a transaction");
    }
    spool.add(event, at.offset(), checksummed);
  }

  /** Only the beginning of a statement's text is of use. */
  void annotate(Event event, LogPlace at) {
    if (current != null) {
      spool.add(Annotation.beginning(event), at.offset(), false);
    }
  }

  void query(Event event, boolean checksummed, LogPlace at, LogPlace end) {
    ensureStarted(event, at);
    if (stopped) {
      return;
    }
    QueryEvent query = new QueryEvent(event);
    String text = query.text.length <= 1000 ? query.ascii().strip() : "";
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.equals("BEGIN") || upper.startsWith("XA START ")) {
      open = true;
    } else if (upper.equals("COMMIT")) {
      commit(at, end);
    } else if (upper.equals("ROLLBACK")) {
      rollback(end);
    } else if (upper.startsWith("SAVEPOINT ")) {
      savepoint(Xids.name(text.substring("SAVEPOINT ".length())));
    } else if (upper.startsWith("ROLLBACK TO ")) {
      rollbackTo(Xids.name(text.substring("ROLLBACK TO ".length())), at);
    } else if (upper.startsWith("XA END ") || upper.startsWith("RELEASE SAVEPOINT ")) {
      // What matters comes after.
      return;
    } else if (upper.startsWith("XA COMMIT ")) {
      decide(Xids.of(text), true, at, end);
    } else if (upper.startsWith("XA ROLLBACK ")) {
      decide(Xids.of(text), false, at, end);
    } else {
      spool.add(event, at.offset(), checksummed);
      teller.check(query, mariaDb, at);
      if (!open) {
        standalone(end);
      }
    }
  }

  private void standalone(LogPlace end) {
    if (gtid != null && gtid.alter()) {
      // Only the stage at which an ALTER TABLE is done changes anything.
      nothing(end);
    } else {
      tell(spool, false, end);
    }
  }

  void commit(LogPlace at, LogPlace end) {
    if (current == null) {
      throw LogErrors.damaged(at, "a transaction ends that did not begin");
    }
    tell(spool, false, end);
  }

  /** Tables of engines without transactions keep their changes. */
  private void rollback(LogPlace end) {
    tell(spool, true, end);
  }

  private void nothing(LogPlace end) {
    listener.begin(transaction());
    listener.rollback(end);
    done();
  }

  private void tell(Spool events, boolean withRollback, LogPlace end) {
    teller.mariaDb = mariaDb;
    listener.begin(transaction());
    boolean told = teller.tell(events, 0, withRollback);
    if (withRollback && !told) {
      listener.rollback(end);
    } else {
      listener.commit(end);
    }
    done();
  }

  private Transaction transaction() {
    if (current == null) {
      throw new IllegalStateException("no transaction");
    }
    return current;
  }

  private void done() {
    current = null;
    gtid = null;
    open = false;
    spool.restart("");
  }

  private void savepoint(String name) {
    savepoints.removeIf(s -> s.name().equalsIgnoreCase(name));
    savepoints.add(new Savepoint(name, spool.size()));
  }

  private void rollbackTo(String name, LogPlace at) {
    int i = savepoints.size() - 1;
    while (i >= 0 && !savepoints.get(i).name().equalsIgnoreCase(name)) {
      i--;
    }
    if (i < 0) {
      throw LogErrors.damaged(at, "a rollback to the savepoint " + name + ", which was not set");
    }
    long size = savepoints.get(i).size();
    savepoints.subList(i + 1, savepoints.size()).clear();
    if (teller.outlastsRollback(spool, size)) {
      throw LogErrors.refused(
          at,
          "rolls back to a savepoint after changes of tables without transactions",
          "Convert those tables to InnoDB. " + SNAPSHOT);
    }
    spool.cut(size);
  }

  void prepare(Event event, LogPlace at, LogPlace end) {
    if (current == null) {
      throw LogErrors.damaged(at, "a transaction is prepared that did not begin");
    }
    Cursor in = new Cursor();
    in.set(event.bytes(), event.bodyStart(), event.bodyEnd());
    boolean onePhase = in.u8() != 0;
    String xid = Xids.of(in);
    if (onePhase) {
      tell(spool, false, end);
      return;
    }
    Spool aside = spool;
    spool = new Spool(folder);
    aside.settle();
    Spool replaced = prepared.put(xid, aside);
    if (replaced != null) {
      replaced.close();
    }
    nothing(end);
  }

  private void decide(String xid, boolean commits, LogPlace at, LogPlace end) {
    Spool aside = prepared.remove(xid);
    if (!commits) {
      if (aside != null) {
        aside.close();
      }
      nothing(end);
      return;
    }
    if (aside == null) {
      throw LogErrors.refused(
          at,
          "commits the XA transaction " + xid + ", which was prepared before this log begins",
          SNAPSHOT);
    }
    try (aside) {
      tell(aside, false, end);
    }
  }

  @Override
  public void close() {
    spool.close();
    prepared.values().forEach(Spool::close);
    prepared.clear();
  }
}
