package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.rows.JsonReading;
import dev.foldback.engine.mysql.rows.RowLoader;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How rows get into tables of one target: by bulk execution where the server has it, else by LOAD
 * DATA LOCAL, or by INSERT where that is refused. Safe for several threads.
 */
final class LoadWay {
  /** The server or the account does not allow LOCAL. */
  private static final Set<Integer> NO_LOCAL = Set.of(1148, 3948, 2068, 4166);

  /** The largest packet that the server takes, in bytes. */
  private final long packet;

  /** What the server makes of JSON texts. */
  private final JsonReading json;

  private final AtomicBoolean localRefused = new AtomicBoolean();

  LoadWay(Sessions sessions, Flavor flavor) throws SQLException {
    this.packet = sessions.with(db -> Long.parseLong(db.value("SELECT @@max_allowed_packet")));
    this.json =
        flavor.mariaDb()
            ? JsonReading.NONE
            : sessions.with(db -> JsonReading.ofMySql(db.connection()));
  }

  static boolean isLocalRefused(SQLException e) {
    return NO_LOCAL.contains(e.getErrorCode());
  }

  /** Goes without LOCAL from now on; whether that is new. */
  boolean refuseLocal() {
    return localRefused.compareAndSet(false, true);
  }

  /**
   * Loads rows into an empty table.
   *
   * @param bytes of the rows, more or less: very large tables go in parts
   * @return how many rows the server stored
   */
  long load(
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
}
