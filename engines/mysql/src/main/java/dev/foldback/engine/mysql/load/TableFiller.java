package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.rows.LargeRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;

/**
 * Loads one table: by bulk execution where the server has it, else by one LOAD DATA of all its
 * rows. Very large tables go in parts, so that no transaction grows without bound. A passing
 * failure begins again from a new, empty table. Documents that MySQL would not make of their text
 * go by INSERT, and so do all rows behind the first, which keeps their order.
 */
final class TableFiller {
  private final Sessions sessions;
  private final TableMaker tables;
  private final Map<TableName, Long> largestRows;
  private final Findings findings;

  private final LoadWay way;

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
    this.way = new LoadWay(sessions, flavor);
  }

  void fill(TableDefinition table, RowSource rows) {
    boolean others = TableProperties.ROWS_NONE.equals(table.properties().get(TableProperties.ROWS));
    if (rows.isEmpty() || others) {
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
      if (!LoadWay.isLocalRefused(e)) {
        throw e;
      }
      if (way.refuseLocal()) {
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
      long stored = way.load(db.connection(), table, target, stream, rows.bytes());
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
