package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Proves, while a reader's transaction still keeps a table from being redefined, that it is defined
 * as it was when the snapshot began. What happens to a table after its rows were read is no matter.
 * For as many threads at once as it has connections; others wait.
 *
 * <p>Where tables are many, those whose marks can be trusted are proven {@link #AT_ONCE} at once, a
 * moment after they were read: one that is redefined in this moment counts as redefined before.
 */
final class DefinitionGuard {
  /** One question about so many tables costs a third of as many questions. */
  private static final int AT_ONCE = 32;

  private static final int AGAIN = 3;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final BlockingQueue<Connection> free;
  private final Listing listing;
  private final Map<TableName, String> definitions;
  private final List<TableName> unproven = new ArrayList<>();

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

  /**
   * Proves a table whose rows were read.
   *
   * @param manyMore whether many others are about to follow, so that it may be proven with them
   */
  void check(TableName table, boolean manyMore) throws SQLException {
    List<TableName> together = new ArrayList<>();
    synchronized (unproven) {
      if (listing.settled().contains(table)) {
        unproven.add(table);
      } else {
        together.add(table);
      }
      if (!manyMore || unproven.size() >= AT_ONCE) {
        together.addAll(unproven);
        unproven.clear();
      }
    }
    if (!together.isEmpty()) {
      prove(together);
    }
  }

  /**
   * Proves, when all is read, what is left, and that no rows changed places unseen.
   *
   * @param before null where the account may not see them
   */
  void complete(@Nullable TableIds before) throws SQLException {
    List<TableName> left;
    synchronized (unproven) {
      left = List.copyOf(unproven);
      unproven.clear();
    }
    if (!left.isEmpty()) {
      prove(left);
    }
    if (before != null) {
      Connection connection = take();
      try {
        before.check(TableIds.read(connection, before.flavor()), listing);
      } finally {
        free.add(connection);
      }
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

  private void prove(List<TableName> tables) throws SQLException {
    Connection connection = take();
    try {
      Map<TableName, String> marks = marks(connection, tables);
      for (TableName table : tables) {
        boolean marked =
            marks.getOrDefault(table, "").equals(listing.mark(table))
                || isMarkedAsBefore(connection, table);
        boolean proven =
            marked && (listing.settled().contains(table) || isDefinedAsBefore(connection, table));
        if (!proven) {
          throw changed(table);
        }
      }
    } finally {
      free.add(connection);
    }
  }

  /**
   * Asks again: a server that could not open the table at once lists it without its mark. A mark
   * that is as before proves as much a moment later, for none comes back.
   */
  private boolean isMarkedAsBefore(Connection connection, TableName table) throws SQLException {
    for (int again = 0; again < AGAIN; again++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      String mark = marks(connection, List.of(table)).getOrDefault(table, "");
      if (mark.equals(listing.mark(table))) {
        return true;
      }
    }
    return false;
  }

  /** MariaDB opens only the tables that it is asked for by {@code =}. */
  private static Map<TableName, String> marks(Connection connection, List<TableName> tables)
      throws SQLException {
    String sql =
        tables.stream()
            .map(
                t ->
                    "select table_schema, table_name, create_time from information_schema.tables"
                        + " where table_schema="
                        + Sql.text(t.schema())
                        + " and table_name="
                        + Sql.text(t.table()))
            .collect(Collectors.joining(" union all "));
    Map<TableName, String> marks = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        String mark = rows.getString(3);
        marks.put(new TableName(rows.getString(1), rows.getString(2)), mark == null ? "" : mark);
      }
    }
    return marks;
  }

  private boolean isDefinedAsBefore(Connection connection, TableName table) throws SQLException {
    List<Map<String, @Nullable String>> now =
        Queries.rows(connection, "show create table " + Sql.name(table.schema(), table.table()));
    String definition = String.valueOf(now.getFirst().get("create table"));
    return same(definition, String.valueOf(definitions.get(table)));
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
