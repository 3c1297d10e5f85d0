package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.rows.JsonReading;
import dev.foldback.engine.mysql.rows.LargeRows;
import dev.foldback.engine.mysql.rows.RowLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads one table: by bulk execution where the server has it, else by one LOAD DATA of all its
 * rows. Very large tables go in parts, so that no transaction grows without bound. A passing
 * failure begins again from a new, empty table. Documents that MySQL would not make of their text
 * go by INSERT, and so do all rows behind the first, which keeps their order.
 */
final class TableFiller {
  /** The server or the account does not allow LOCAL. */
  private static final Set<Integer> NO_LOCAL = Set.of(1148, 3948, 2068, 4166);

  private final Sessions sessions;
  private final TableMaker tables;
  private final Map<TableName, Long> largestRows;
  private final Findings findings;

  /** The largest packet that the server takes, in bytes. */
  private final long packet;

  /** What the server makes of JSON texts. */
  private final JsonReading json;

  private final AtomicBoolean localRefused = new AtomicBoolean();

  TableFiller(
      Sessions sessions,
      Flavor flavor,
      TableMaker tables,
      Map<TableName, Long> largestRows,
      Findings findings)
      throws SQLException {
    this.sessions = sessions;
    this.tables = tables;
    this.largestRows = largestRows;
    this.findings = findings;
    this.packet = sessions.with(db -> Long.parseLong(db.value("SELECT @@max_allowed_packet")));
    this.json =
        flavor.mariaDb()
            ? JsonReading.NONE
            : sessions.with(db -> JsonReading.ofMySql(db.connection()));
  }

  void fill(TableDefinition table, RowSource rows) {
    boolean others = TableProperties.ROWS_NONE.equals(table.properties().get(TableProperties.ROWS));
    if (rows.rows() == 0 || others) {
      return;
    }
    TableName target = tables.target(table.name());
    Retry.of(
        "loading " + target,
        again -> {
          if (again) {
            tables.recreate(table.name());
          }
          check(target, loadSomehow(table, target, rows), rows.rows());
          return 0;
        });
  }

  /** By LOCAL, or without it from the moment on that the target refuses it. */
  private long loadSomehow(TableDefinition table, TableName target, RowSource rows)
      throws SQLException {
    try {
      return load(table, target, rows);
    } catch (SQLException e) {
      if (!NO_LOCAL.contains(e.getErrorCode())) {
        throw e;
      }
      if (localRefused.compareAndSet(false, true)) {
        findings.add(
            Finding.warning(
                "local-infile-refused",
                "",
                "the target refuses LOAD DATA LOCAL; rows go in by INSERT, which is slower",
                "SET GLOBAL local_infile=1;"));
      }
      tables.recreate(table.name());
      return load(table, target, rows);
    }
  }

  private long load(TableDefinition table, TableName target, RowSource rows) throws SQLException {
    Db db = sessions.take();
    boolean well = false;
    // One table with huge values at a time: so much memory does the server take for them as well.
    try (LargeRows _ = LargeRows.room(largestRows.getOrDefault(table.name(), 0L));
        InputStream stream = rows.open()) {
      long stored = load(db.connection(), table, target, stream, rows.bytes());
      well = true;
      return stored;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      // A connection that failed may still be in the middle of something.
      if (well) {
        sessions.give(db);
      } else {
        db.close();
      }
    }
  }

  private long load(
      Connection connection, TableDefinition table, TableName target, InputStream rows, long bytes)
      throws SQLException, IOException {
    long part = ChunkSize.of(bytes);
    RowLoader.Otherwise insert =
        some -> RowLoader.insert(connection, table, target, some, packet, part, json);
    RowLoader.Otherwise load =
        some ->
            localRefused.get()
                ? insert.load(some)
                : RowLoader.loadData(connection, table, target, some, part, json, insert);
    return RowLoader.hasBulk(connection, table)
        ? RowLoader.bulk(connection, table, target, rows, packet, part, load)
        : load.load(rows);
  }

  private static void check(TableName target, long stored, long expected) {
    if (stored != expected) {
      throw new FoldbackException(
          ErrorCode.LOAD_FAILED,
          target + " took " + stored + " of " + expected + " rows; it is not complete",
          "The server's error log may say why. Run the same command again: the table is made"
              + " anew.");
    }
  }
}
