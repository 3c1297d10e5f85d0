package dev.foldback.engine.mysql.rows;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi-row INSERT: the driver writes every value as an escaped {@code _binary} literal. Statements
 * are committed in parts: a commit each would wait for the disk each.
 */
final class InsertLoad {
  private static final int MOST_ROWS = 256;
  private static final long GOOD_BATCH = 1 << 20;

  /** What stands around a value. */
  private static final long LITERAL = 32;

  private final Connection connection;
  private final TableDefinition table;
  private final TableName actual;
  private final long packet;
  private final long batchBytes;
  private final long oneRow;
  private final long part;
  private boolean open;
  private long uncommitted;
  private long stored;

  /**
   * @param packet the largest statement that the server takes, in bytes
   * @param part bytes after which what was loaded is committed
   */
  InsertLoad(
      Connection connection, TableDefinition table, TableName actual, long packet, long part) {
    this.part = part;
    this.connection = connection;
    this.table = table;
    this.actual = actual;
    this.packet = packet;
    this.batchBytes = Math.min(GOOD_BATCH, packet / 4);
    this.oneRow = LoadStatement.insert(table, actual, 1).length() * 4L;
  }

  long run(InputStream rows) throws SQLException, IOException {
    RowParser parser =
        new RowParser(new BufferedInputStream(rows, 1 << 16), table.columns().size());
    List<byte[][]> batch = new ArrayList<>();
    long bytes = 0;
    for (byte[][] row = parser.next(); row != null; row = parser.next()) {
      long size = size(row);
      if (size + oneRow > packet) {
        throw TooLarge.of(
            "loading " + actual,
            "one row takes " + size + " bytes, max_allowed_packet is " + packet,
            null);
      }
      if (!batch.isEmpty() && bytes + size > batchBytes) {
        send(batch, bytes);
        bytes = 0;
      }
      batch.add(row);
      bytes += size;
      if (batch.size() == MOST_ROWS) {
        send(batch, bytes);
        bytes = 0;
      }
    }
    if (!batch.isEmpty()) {
      send(batch, bytes);
    }
    if (open) {
      command("COMMIT");
    }
    return stored;
  }

  private void send(List<byte[][]> batch, long bytes) throws SQLException {
    if (!open) {
      command("START TRANSACTION");
      open = true;
    }
    uncommitted += bytes;
    String sql = LoadStatement.insert(table, actual, batch.size());
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (byte[][] row : batch) {
        for (byte[] value : row) {
          if (RowParser.isNull(value)) {
            insert.setNull(parameter++, Types.VARBINARY);
          } else {
            insert.setBytes(parameter++, value);
          }
        }
      }
      batch.clear();
      stored += insert.executeLargeUpdate();
    }
    LoadWarnings.check(connection, table, actual);
    if (uncommitted >= part) {
      command("COMMIT");
      open = false;
      uncommitted = 0;
    }
  }

  private void command(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Bytes of the row as literals. */
  private static long size(byte[][] row) {
    long size = 0;
    for (byte[] value : row) {
      size += value.length + LITERAL;
      for (byte b : value) {
        if (b == 0 || b == '\'' || b == '"' || b == '\\') {
          size++;
        }
      }
    }
    return size;
  }
}
