package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerSnapshot;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.rows.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Reads tables at one position. */
final class MySqlSnapshot implements ServerSnapshot {
  /** While more slices than this are left, the next is read at once. */
  private static final int MANY = 100;

  private final Flavor flavor;
  private final Opened opened;
  private final ReaderPool pool;
  private final AtomicInteger reading;
  private final AtomicInteger unbegun;
  private final AtomicInteger lockedLeft;
  private final AtomicLong lockedNanos = new AtomicLong();

  MySqlSnapshot(Flavor flavor, Opened opened) {
    this.flavor = flavor;
    this.opened = opened;
    this.pool = opened.pool();
    this.reading = opened.reading();
    this.unbegun = new AtomicInteger(slices(opened.tables()));
    this.lockedLeft =
        new AtomicInteger(
            slices(opened.tables().stream().filter(MySqlSnapshot::underLock).toList()));
  }

  private static int slices(List<TableDefinition> tables) {
    return tables.stream().mapToInt(t -> t.slices().size()).sum();
  }

  private static boolean underLock(TableDefinition table) {
    return "no".equals(table.properties().get(TableProperties.TRANSACTIONAL)) && hasRows(table);
  }

  private static boolean hasRows(TableDefinition table) {
    return !TableProperties.ROWS_NONE.equals(table.properties().get(TableProperties.ROWS));
  }

  @Override
  public Position position() {
    return opened.start().position();
  }

  @Override
  public String method() {
    return opened.start().method();
  }

  @Override
  public List<Finding> findings() {
    return opened.findings();
  }

  @Override
  public List<SchemaObject> objects() {
    return opened.objects();
  }

  @Override
  public List<TableDefinition> tables() {
    return opened.tables();
  }

  @Override
  public long read(TableDefinition table, Slice slice, RowSink sink) {
    if (!hasRows(table)) {
      unbegun.decrementAndGet();
      return 0;
    }
    long rows = readRows(table, slice, opened.sink(sink));
    try {
      if (underLock(table) && lockedLeft.decrementAndGet() == 0) {
        unlock();
      }
    } catch (SQLException e) {
      throw ServerErrors.failed("releasing a lock", e);
    }
    return rows;
  }

  private long readRows(TableDefinition table, Slice slice, RowSink sink) {
    Connection first = pool.take();
    if (unbegun.decrementAndGet() <= 0) {
      pool.drain();
    }
    for (Connection connection = first; ; connection = pool.take()) {
      Counted counted = new Counted(sink);
      reading.incrementAndGet();
      try {
        long rows = RowReader.read(connection, flavor, table, table.name(), slice, counted);
        afterRead(connection, table.name());
        pool.give(connection);
        return rows;
      } catch (FoldbackException e) {
        pool.drop(e);
        if (e.code() != ErrorCode.SERVER_LOST) {
          throw e;
        }
        if (counted.rows > 0 || pool.alive() == 0) {
          throw ReaderPool.lost(e);
        }
      } catch (SQLException e) {
        pool.drop(e);
        FoldbackException failure = ServerErrors.reading(table.name(), e);
        throw failure.code() == ErrorCode.SERVER_LOST ? ReaderPool.lost(failure) : failure;
      } catch (RuntimeException | Error e) {
        pool.drop(e);
        throw e;
      } finally {
        reading.decrementAndGet();
      }
    }
  }

  /** Proves the definition while the transaction still guards it, then lets others redefine it. */
  private void afterRead(Connection connection, TableName table) throws SQLException {
    if (opened.guard() != null) {
      opened.guard().check(table, unbegun.get() > MANY);
    }
    try (var statement = connection.createStatement()) {
      statement.execute("ROLLBACK TO SAVEPOINT foldback");
    }
  }

  private void unlock() throws SQLException {
    ServerLock held = opened.start().held();
    if (held != null) {
      if (!held.isHeld()) {
        throw new FoldbackException(
            ErrorCode.SNAPSHOT_LOST,
            "the lock on tables without transactions was lost before they were read",
            "Run the backup again; look at the server's error log for why it ended.");
      }
      held.close();
      lockedNanos.set(System.nanoTime() - opened.start().since());
    }
  }

  @Override
  public List<Finding> complete() {
    if (opened.guard() != null) {
      try {
        opened.guard().complete(opened.ids());
      } catch (SQLException e) {
        throw ServerErrors.failed("looking for tables that were redefined", e);
      }
    }
    List<Finding> findings = new ArrayList<>(opened.watch().findings());
    ServerLock instance = opened.instanceLock();
    if (instance != null && !instance.isHeld()) {
      findings.add(
          Finding.error(
              "backup-lock-lost",
              "all tables",
              "the lock that keeps tables from being redefined was lost before the end; whether"
                  + " their rows are whole is not known",
              "Run the backup again; look at the server's error log for why it ended."));
    }
    if (lockedNanos.get() > 0) {
      findings.add(
          Finding.info(
              "tables-locked",
              "tables without transactions",
              "writes to them were blocked for " + lockedNanos.get() / 1_000_000 + " ms"));
    }
    return findings;
  }

  @Override
  public void close() {
    try {
      opened.close();
    } catch (SQLException e) {
      throw ServerErrors.failed("closing the snapshot", e);
    }
  }

  /** Knows whether rows were passed on, which can't be taken back here. */
  private static final class Counted implements RowSink {
    private final RowSink to;
    private long rows;

    Counted(RowSink to) {
      this.to = to;
    }

    @Override
    public RowBuffer buffer() {
      return to.buffer();
    }

    @Override
    public void endRow() {
      rows++;
      to.endRow();
    }
  }
}
