package dev.foldback.engine.mysql.rows;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ReadableByteBuf;

/** Reads rows as the format keeps them: LOAD DATA text of the server's own bytes. Stateless. */
public final class RowReader {
  private static final int ABOVE_PACKET = 1301;

  private RowReader() {}

  /**
   * Reads one slice into the sink, row by row as the server sends them; memory holds one row. After
   * any failure the connection is closed: what the server still had to send is not read.
   *
   * @param connection from {@link dev.foldback.engine.mysql.connect.Connector#openForRows}; any
   *     other would convert values
   * @param actualName where the table's rows are, which is not its own name after a rename
   * @return how many rows
   */
  public static long read(
      Connection connection,
      Flavor flavor,
      TableDefinition table,
      TableName actualName,
      Slice slice,
      RowSink sink) {
    if (TableProperties.ROWS_NONE.equals(table.properties().get(TableProperties.ROWS))) {
      // A MERGE table shows the rows of others: they are in the frames of those.
      return 0;
    }
    String sql = SelectStatement.of(flavor, table, actualName, slice);
    try (LargeRows room = LargeRows.room(table);
        Statement statement = connection.createStatement()) {
      // One row at a time: any other number is a number of rows held in memory.
      statement.setFetchSize(1);
      try (ResultSet rows = statement.executeQuery(sql)) {
        long count = copyOrAbandon(connection, rows, table, sink, room.isTaken());
        refuseCut(statement);
        return count;
      }
    } catch (SQLException e) {
      throw ServerErrors.reading(actualName, e);
    } catch (OutOfMemoryError e) {
      throw new FoldbackException(
          ErrorCode.OUT_OF_MEMORY,
          "the heap has no room for a row of " + actualName + "; nothing was damaged",
          "Run again with a larger heap, such as FOLDBACK_HEAP=4g, and fewer --threads.",
          e);
    }
  }

  /** MySQL hands out JSON above max_allowed_packet as an empty text, and says so in a warning. */
  private static void refuseCut(Statement statement) throws SQLException {
    for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
      if (w.getErrorCode() == ABOVE_PACKET) {
        throw w;
      }
    }
  }

  private static long copyOrAbandon(
      Connection connection, ResultSet rows, TableDefinition table, RowSink sink, boolean roomy)
      throws SQLException {
    boolean whole = false;
    try {
      long count = copy(rows, table, sink, roomy);
      whole = true;
      return count;
    } finally {
      if (!whole) {
        // Closing the statement would read the rest of the result first.
        connection.abort(Runnable::run);
      }
    }
  }

  private static long copy(ResultSet rows, TableDefinition table, RowSink sink, boolean roomy)
      throws SQLException {
    int columns = table.columns().size();
    RowText text = new RowText(table.columns());
    ReadableByteBuf row = null;
    long count = 0;
    while (rows.next()) {
      if (row == null) {
        row = buffer(rows, columns);
      }
      if (row == null) {
        allNull(columns, sink.buffer());
        sink.endRow();
      } else if (row.buf.length < LargeRows.LARGE || roomy) {
        text.append(row.buf, sink.buffer());
        sink.endRow();
      } else {
        try (LargeRows _ = LargeRows.room()) {
          text.append(row.buf, sink.buffer());
          sink.endRow();
        }
      }
      count++;
    }
    return count;
  }

  /**
   * The driver's row buffer. It is handed out through a value that is not NULL, if there is one.
   */
  private static @Nullable ReadableByteBuf buffer(ResultSet rows, int columns) throws SQLException {
    for (int column = 1; column <= columns; column++) {
      ReadableByteBuf row = rows.getObject(column, ReadableByteBuf.class);
      if (row != null) {
        return row;
      }
    }
    return null;
  }

  private static void allNull(int columns, RowBuffer to) {
    to.reserve(3L * columns + 1);
    for (int i = 0; i < columns; i++) {
      to.bytes[to.length++] = '\\';
      to.bytes[to.length++] = 'N';
      to.bytes[to.length++] = '\t';
    }
    if (columns == 0) {
      to.length++;
    }
    to.bytes[to.length - 1] = '\n';
  }
}
