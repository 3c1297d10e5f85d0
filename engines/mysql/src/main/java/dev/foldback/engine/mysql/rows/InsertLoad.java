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

  private final Connection connection;
  private final TableDefinition table;
  private final TableName actual;
  private final long packet;
  private final long batchBytes;
  private final long oneRow;
  private final long part;
  private final InsertRow.Maker maker;
  private boolean open;
  private long uncommitted;
  private long stored;

  /**
   * @param packet the largest statement that the server takes, in bytes
   * @param part bytes after which what was loaded is committed
   * @param reading what the server makes of JSON texts
   */
  InsertLoad(
      Connection connection,
      TableDefinition table,
      TableName actual,
      long packet,
      long part,
      JsonReading reading) {
    this.maker = new InsertRow.Maker(table, reading);
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
    List<InsertRow> batch = new ArrayList<>();
    long bytes = 0;
    for (byte[][] values = parser.next(); values != null; values = parser.next()) {
      InsertRow row = maker.of(values);
      long size = row.size();
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

  private void send(List<InsertRow> batch, long bytes) throws SQLException {
    if (!open) {
      command("START TRANSACTION");
      open = true;
    }
    uncommitted += bytes;
    String sql = LoadStatement.insert(table, actual, batch.stream().map(InsertRow::sql).toList());
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (InsertRow row : batch) {
        for (byte[] value : row.parameters()) {
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
}
