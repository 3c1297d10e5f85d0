package dev.foldback.engine.mysql.load;

import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.Flavor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Connections for restoring, kept for the next use. Each has what makes definitions and rows come
 * out exactly: no checks of keys, no automatic primary keys, no strictness. What the server does
 * not know or the account may not set is left out; {@link #refused} names it.
 */
final class Sessions implements AutoCloseable {
  private static final List<String> WANTED =
      List.of(
          "foreign_key_checks=0",
          "check_constraint_checks=0",
          "sql_require_primary_key=0",
          "sql_generate_invisible_primary_key=0",
          "restrict_fk_on_non_standard_key=0",
          "innodb_strict_mode=0",
          "explicit_defaults_for_timestamp=1",
          "sql_quote_show_create=1",
          "sql_safe_updates=0",
          "sql_warnings=0",
          "max_error_count=65535",
          "information_schema_stats_expiry=0",
          "show_gipk_in_create_table_and_information_schema=1",
          "character_set_collations=''",
          "system_versioning_alter_history=KEEP",
          "system_versioning_insert_history=1",
          "lock_wait_timeout=600",
          "innodb_lock_wait_timeout=600",
          "net_read_timeout=86400",
          "net_write_timeout=86400",
          "wait_timeout=86400",
          "max_statement_time=0",
          "max_execution_time=0",
          "idle_transaction_timeout=0",
          "tmp_table_size=67108864",
          "autocommit=1");

  private static final String NOT_LOGGED = "sql_log_bin=0";

  private final Connector connector;
  private final boolean logged;
  private final List<String> accepted = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final ConcurrentLinkedDeque<Db> idle = new ConcurrentLinkedDeque<>();

  Sessions(Connector connector) throws SQLException {
    this(connector, false);
  }

  /**
   * @param logged whether what is done must be in the server's log, for its replicas and captures
   */
  Sessions(Connector connector, boolean logged) throws SQLException {
    this.connector = connector;
    this.logged = logged;
    Db first = new Db(connector.open("restore"));
    for (String setting : wanted(connector.flavor(), logged)) {
      try {
        first.run("SET SESSION " + setting);
        accepted.add(setting);
      } catch (SQLException e) {
        refused.add(setting);
      }
    }
    idle.push(first);
  }

  private static List<String> wanted(Flavor flavor, boolean logged) {
    List<String> all = new ArrayList<>(WANTED);
    all.add(logged ? "binlog_format=ROW" : NOT_LOGGED);
    // On MariaDB it makes the server's purge thread spin for as long as rows come.
    if (!flavor.mariaDb()) {
      all.add("unique_checks=0");
    }
    return all;
  }

  /** Whether what is done is meant to be in the server's log. */
  boolean logged() {
    return logged;
  }

  boolean accepted(String setting) {
    return accepted.contains(setting);
  }

  /** Settings that could not be had, known to the server or not. */
  List<String> refused() {
    return refused;
  }

  Db take() throws SQLException {
    for (Db kept = idle.poll(); kept != null; kept = idle.poll()) {
      // The server may have ended it while it was idle.
      if (kept.isAlive()) {
        return kept;
      }
      kept.close();
    }
    return fresh();
  }

  /** A new connection, for work whose connection may be cut. */
  Db fresh() throws SQLException {
    return settled(new Db(connector.open("restore")));
  }

  /** A new connection that takes several statements at once. */
  Db forBatches() throws SQLException {
    return settled(new Db(connector.openForBatches()));
  }

  private Db settled(Db db) throws SQLException {
    if (!accepted.isEmpty()) {
      db.run("SET SESSION " + String.join(", SESSION ", accepted));
    }
    return db;
  }

  void give(Db db) {
    idle.push(db);
  }

  /** Runs the work on a connection; one that failed is not used again. */
  <T> T with(Work<T> work) throws SQLException {
    Db db = take();
    boolean well = false;
    try {
      T result = work.on(db);
      well = true;
      return result;
    } finally {
      if (well || db.isAlive()) {
        give(db);
      } else {
        db.close();
      }
    }
  }

  /** Something done on a connection. */
  interface Work<T> {
    T on(Db db) throws SQLException;
  }

  @Override
  public void close() {
    for (Db db = idle.poll(); db != null; db = idle.poll()) {
      db.close();
    }
  }
}
