package dev.foldback.engine.mysql.rows;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.TableProperties;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Loads rows in LOAD DATA text into an empty table. Stateless. */
public final class RowLoader {
  private RowLoader() {}

  /**
   * LOAD DATA LOCAL of the whole stream, in one statement or in parts of whole rows that are each
   * committed. When reading the stream fails the connection is cut, so that the server does not
   * take the part for the whole. From a row on with a document that the server would not make of
   * its text, the rows go {@code otherwise}.
   *
   * @param chunk bytes after which a part ends with the row
   * @param reading what the server makes of JSON texts
   * @return how many rows the server stored
   * @throws SQLException from the server; a warning that means a changed value is LOAD_FAILED
   */
  public static long loadData(
      Connection connection,
      TableDefinition table,
      TableName actual,
      InputStream rows,
      long chunk,
      JsonReading reading,
      Otherwise otherwise)
      throws SQLException, IOException {
    if (reading == JsonReading.NONE || table.columns().stream().noneMatch(RowLoader::isJson)) {
      return loadParts(connection, table, actual, rows, chunk);
    }
    JsonRows plain = new JsonRows(rows, table, reading);
    long stored = loadParts(connection, table, actual, plain, chunk);
    return plain.hasRest() ? stored + otherwise.load(plain.rest()) : stored;
  }

  private static boolean isJson(ColumnLayout column) {
    return column.encoding() == ColumnLayout.Encoding.JSON;
  }

  private static long loadParts(
      Connection connection, TableDefinition table, TableName actual, InputStream rows, long chunk)
      throws SQLException, IOException {
    if (chunk == Long.MAX_VALUE) {
      return loadAll(connection, table, actual, rows);
    }
    RowChunks chunks = new RowChunks(rows, chunk);
    long stored = 0;
    while (chunks.begin()) {
      stored += loadAll(connection, table, actual, chunks);
    }
    return stored;
  }

  private static long loadAll(
      Connection connection, TableDefinition table, TableName actual, InputStream rows)
      throws SQLException {
    WatchedStream watched = new WatchedStream(rows, connection);
    try (Statement statement = connection.createStatement()) {
      statement.unwrap(org.mariadb.jdbc.Statement.class).setLocalInfileInputStream(watched);
      long stored = statement.executeLargeUpdate(LoadStatement.loadData(table, actual));
      LoadWarnings.check(connection, table, actual);
      return stored;
    } catch (SQLException e) {
      watched.rethrow();
      throw e;
    }
  }

  /** Whether {@link #bulk} can load this table over this connection. */
  public static boolean hasBulk(Connection connection, TableDefinition table) throws SQLException {
    return "yes".equals(table.properties().get(TableProperties.TRANSACTIONAL))
        && BulkInsert.serves(connection, table);
  }

  /**
   * The same through MariaDB's bulk execution, which is fastest. From a row on that is too large
   * for it, the rows go {@code otherwise}.
   *
   * @param packet the largest packet that the server takes, in bytes
   * @param part bytes after which what was loaded is committed
   */
  public static long bulk(
      Connection connection,
      TableDefinition table,
      TableName actual,
      InputStream rows,
      long packet,
      long part,
      Otherwise otherwise)
      throws SQLException, IOException {
    BulkInsert insert = new BulkInsert(connection, table, actual, rows, packet, part);
    long stored = insert.run();
    return insert.hasRest() ? stored + otherwise.load(insert.rest()) : stored;
  }

  /** Another way to load. */
  public interface Otherwise {
    long load(InputStream rows) throws SQLException, IOException;
  }

  /**
   * The same through multi-row INSERT, for servers or accounts without LOCAL and for documents with
   * types.
   *
   * @param packet the largest statement that the server takes, in bytes
   * @param part bytes after which what was loaded is committed
   * @param reading what the server makes of JSON texts
   */
  public static long insert(
      Connection connection,
      TableDefinition table,
      TableName actual,
      InputStream rows,
      long packet,
      long part,
      JsonReading reading)
      throws SQLException, IOException {
    return new InsertLoad(connection, table, actual, packet, part, reading).run(rows);
  }
}
