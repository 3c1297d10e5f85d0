package dev.foldback.engine.mysql.load;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.rows.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The rows of a table on the target, as frames hold them. A thread of its own reads ahead. */
final class CopiedRows implements RowSource {
  private static final int PIECE = 1 << 20;
  private static final int AHEAD = 4;

  private final Connector connector;
  private final TableDefinition table;
  private final TableName actual;

  CopiedRows(Connector connector, TableDefinition table, TableName actual) {
    this.connector = connector;
    this.table = table;
    this.actual = actual;
  }

  @Override
  public long rows() {
    return number("select count(*) from " + Sql.name(actual.schema(), actual.table()));
  }

  /** What the server estimates, and not less than 1 where there are rows. */
  @Override
  public long bytes() {
    return Math.max(
        rows(),
        number(
            "select coalesce(max(data_length), 0) from information_schema.tables where"
                + " table_schema="
                + Sql.text(actual.schema())
                + " and table_name="
                + Sql.text(actual.table())));
  }

  private long number(String sql) {
    try (Connection connection = connector.open("copy");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw Failures.of("reading the copy of " + table.name(), e);
    }
  }

  @Override
  public InputStream open() {
    return new Reading();
  }

  /** What the reading thread hands over: rows, the end, or a failure. */
  private record Piece(byte[] bytes, boolean last, @Nullable Throwable failure) {}

  private final class Reading extends InputStream implements RowSink {
    private final BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(AHEAD);
    private final RowBuffer buffer = new RowBuffer(PIECE + (PIECE >> 2));
    private final Thread thread =
        Thread.ofPlatform().name("foldback-copy").daemon().unstarted(this::run);
    private byte[] bytes = new byte[0];
    private int at;
    private boolean ended;

    Reading() {
      thread.start();
    }

    private void run() {
      try (Connection connection = connector.openForRows("copy")) {
        RowReader.read(connection, connector.flavor(), table, actual, Slice.whole(0), this);
        hand(true, null);
      } catch (SQLException | RuntimeException | Error e) {
        hand(true, e);
      }
    }

    private void hand(boolean last, @Nullable Throwable failure) {
      try {
        queue.put(new Piece(Arrays.copyOf(buffer.bytes, buffer.length), last, failure));
        buffer.clear();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("closed while rows were read", e);
      }
    }

    @Override
    public RowBuffer buffer() {
      return buffer;
    }

    @Override
    public void endRow() {
      if (buffer.length >= PIECE) {
        hand(false, null);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      while (at == bytes.length && !ended) {
        next();
      }
      int n = Math.min(length, bytes.length - at);
      if (n == 0 && length > 0) {
        return -1;
      }
      System.arraycopy(bytes, at, target, from, n);
      at += n;
      return n;
    }

    private void next() throws IOException {
      try {
        Piece piece = queue.take();
        if (piece.failure() instanceof FoldbackException e) {
          throw e;
        }
        if (piece.failure() != null) {
          throw new IOException("reading the copy of " + table.name(), piece.failure());
        }
        bytes = piece.bytes();
        at = 0;
        ended = piece.last();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("stopped", e);
      }
    }

    @Override
    public void close() {
      thread.interrupt();
      queue.clear();
    }
  }
}
