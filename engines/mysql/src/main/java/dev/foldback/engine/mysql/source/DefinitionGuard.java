package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Proves, while a reader's transaction still keeps a table from being redefined, that it is defined
 * as it was when the snapshot began. What happens to a table after its rows were read is no matter.
 * For as many threads at once as it has connections; others wait.
 */
final class DefinitionGuard {
  private final BlockingQueue<Connection> free;
  private final Listing listing;
  private final Map<TableName, String> definitions;

  /**
   * @param connections for the guard alone, with definitions in utf8mb4
   * @param definitions statements that create the tables, as of the snapshot
   */
  DefinitionGuard(
      List<Connection> connections, Listing listing, Map<TableName, String> definitions) {
    this.free = new LinkedBlockingQueue<>(connections);
    this.listing = listing;
    this.definitions = definitions;
  }

  /** Proves, when all is read, that no rows changed places unseen. */
  void check(TableIds before) throws SQLException {
    Connection connection = take();
    try {
      before.check(TableIds.read(connection, before.flavor()), listing);
    } finally {
      free.add(connection);
    }
  }

  void check(TableName table) throws SQLException {
    Connection connection = take();
    try {
      check(connection, table);
    } finally {
      free.add(connection);
    }
  }

  private Connection take() {
    try {
      return free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED, "stopped while reading", "Run the same command again.", e);
    }
  }

  private void check(Connection connection, TableName table) throws SQLException {
    String mark =
        Queries.one(
            connection,
            "select create_time from information_schema.tables where table_schema="
                + Sql.text(table.schema())
                + " and table_name="
                + Sql.text(table.table()));
    Listing.Entry entry = listing.tables().get(table);
    String before = entry == null ? "" : entry.mark();
    List<Map<String, @Nullable String>> now =
        Queries.rows(connection, "show create table " + Sql.name(table.schema(), table.table()));
    String definition = String.valueOf(now.getFirst().get("create table"));
    if (!mark.equals(before) || !same(definition, String.valueOf(definitions.get(table)))) {
      throw changed(table);
    }
  }

  /** The next AUTO_INCREMENT value moves with every insert. */
  private static boolean same(String a, String b) {
    return a.equals(b) || stable(a).equals(stable(b));
  }

  private static String stable(String definition) {
    return definition.replaceFirst("(?m)^(\\) ENGINE=.*?) AUTO_INCREMENT=\\d+", "$1");
  }

  static FoldbackException changed(TableName table) {
    return new FoldbackException(
        ErrorCode.DEFINITION_CHANGED,
        table + " was redefined between the snapshot and its reading; its rows can't be trusted",
        "Nothing of this run is kept as a backup. Run it again when no DDL runs on the table.");
  }
}
