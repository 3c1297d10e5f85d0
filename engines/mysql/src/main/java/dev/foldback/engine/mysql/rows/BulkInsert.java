package dev.foldback.engine.mysql.rows;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.mariadb.jdbc.client.Client;
import org.mariadb.jdbc.client.Completion;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.message.ClientMessage;
import org.mariadb.jdbc.message.client.PreparePacket;
import org.mariadb.jdbc.message.server.OkPacket;
import org.mariadb.jdbc.message.server.PrepareResultPacket;
import org.mariadb.jdbc.util.constants.Capabilities;

/**
 * Loads rows by MariaDB's bulk execution of a prepared INSERT: a packet holds many rows, each value
 * as its bytes behind their length. LOAD DATA takes its text apart byte by byte on the server, and
 * needs about twice the server's time for the same rows.
 */
final class BulkInsert {
  private static final int EXECUTE = 0xFA;
  private static final short SEND_TYPES = 128;

  /** As a BLOB, a value keeps its bytes whatever the connection's character set. */
  private static final short BLOB = 252;

  /** Bytes of one packet, about. */
  private static final int GOOD_BATCH = 1 << 20;

  /** Bytes of a row that is still loaded in this way. */
  private static final int LARGEST_ROW = 4 << 20;

  /** Few enough that each warning finds room in the server's list. */
  private static final int MOST_ROWS = 1 << 14;

  private final Connection connection;
  private final Client client;
  private final TableDefinition table;
  private final TableName actual;
  private final BulkRows rows;
  private final long batchBytes;
  private final long part;
  private int batched;
  private long stored;

  /**
   * @param packet the largest packet that the server takes, in bytes
   * @param part bytes after which what was loaded is committed
   */
  BulkInsert(
      Connection connection,
      TableDefinition table,
      TableName actual,
      InputStream rows,
      long packet,
      long part)
      throws SQLException {
    this.connection = connection;
    this.client = client(connection);
    this.table = table;
    this.actual = actual;
    this.batchBytes = Math.min(Math.min(GOOD_BATCH, packet / 4), part);
    this.part = part;
    int columns = table.columns().size();
    this.rows = new BulkRows(rows, columns, (int) Math.min(packet / 4, LARGEST_ROW));
  }

  private static Client client(Connection connection) throws SQLException {
    return connection.unwrap(org.mariadb.jdbc.Connection.class).getClient();
  }

  /** Whether the server can load this table so. */
  static boolean serves(Connection connection, TableDefinition table) throws SQLException {
    return !table.columns().isEmpty()
        && client(connection).getContext().hasServerCapability(Capabilities.STMT_BULK_OPERATIONS);
  }

  /**
   * Loads the rows to the end, or up to one that is too large for this.
   *
   * @return how many rows the server stored
   */
  long run() throws SQLException, IOException {
    PrepareResultPacket prepared =
        (PrepareResultPacket) execute(new PreparePacket(LoadStatement.insert(table, actual, 1)));
    long uncommitted = 0;
    while (rows.add()) {
      batched++;
      if (rows.length < batchBytes && batched < MOST_ROWS) {
        continue;
      }
      if (uncommitted == 0) {
        command("START TRANSACTION");
      }
      uncommitted += rows.length;
      send(prepared);
      if (uncommitted >= part) {
        command("COMMIT");
        uncommitted = 0;
      }
    }
    if (batched > 0) {
      send(prepared);
    }
    if (uncommitted > 0) {
      command("COMMIT");
    }
    client.closePrepare(prepared);
    return stored;
  }

  /** Whether a row came that is too large. */
  boolean hasRest() {
    return rows.hasRest();
  }

  /** The rows from the one that is too large on. */
  InputStream rest() {
    return rows.rest();
  }

  private void send(PrepareResultPacket prepared) throws SQLException {
    OkPacket ok = (OkPacket) execute(new Batch(prepared.getStatementId()));
    stored += ok.getAffectedRows();
    rows.length = 0;
    batched = 0;
    if (client.getContext().getWarning() > 0) {
      LoadWarnings.check(connection, table, actual);
    }
  }

  private Completion execute(ClientMessage message) throws SQLException {
    return client.execute(message, false).getFirst();
  }

  private void command(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One packet of rows. */
  private final class Batch implements ClientMessage {
    private final int statement;

    Batch(int statement) {
      this.statement = statement;
    }

    @Override
    public int encode(Writer writer, Context context) throws IOException {
      writer.initPacket();
      writer.writeByte(EXECUTE);
      writer.writeInt(statement);
      writer.writeShort(SEND_TYPES);
      for (int i = 0; i < table.columns().size(); i++) {
        writer.writeShort(BLOB);
      }
      writer.writeBytes(rows.bytes, 0, rows.length);
      writer.flush();
      return 1;
    }

    @Override
    public String description() {
      return "INSERT of " + batched + " rows";
    }
  }
}
