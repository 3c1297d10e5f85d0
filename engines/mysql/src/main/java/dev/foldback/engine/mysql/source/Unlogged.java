package dev.foldback.engine.mysql.source;

import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether commits pass a server's binary log by. Such a commit does not move the log's position, so
 * two transactions that say the same position may see different rows. Sessions with {@code
 * sql_log_bin=0} can't be seen from outside.
 *
 * @param why empty where no commit is known to pass it by
 * @param known whether the account may look
 */
record Unlogged(String why, boolean known) {
  private static final List<String> FILTERS = List.of("binlog_do_db", "binlog_ignore_db");

  static Unlogged read(Connection connection, ServerFacts facts) throws SQLException {
    if (!facts.keepsLog()) {
      return new Unlogged("the server keeps no binary log", true);
    }
    String applied = applied(connection, facts);
    if (!applied.isEmpty()) {
      return new Unlogged(applied, true);
    }
    Map<String, ? extends @Nullable String> filters = facts.variables();
    if (!filters.keySet().containsAll(FILTERS)) {
      try {
        List<Map<String, @Nullable String>> status =
            Queries.rows(connection, Positions.statement(facts));
        filters = status.isEmpty() ? Map.of() : status.getFirst();
      } catch (SQLException e) {
        if (!ServerErrors.isRightMissing(e)) {
          throw e;
        }
        return new Unlogged("", false);
      }
    }
    for (String filter : FILTERS) {
      @Nullable String schemas = filters.get(filter);
      if (schemas != null && !schemas.isEmpty()) {
        return new Unlogged(
            filter.replace('_', '-') + "=" + schemas + " keeps other changes out of the binary log",
            true);
      }
    }
    return new Unlogged("", true);
  }

  /** Why what others sent is applied without being logged; empty where it is not. */
  private static String applied(Connection connection, ServerFacts facts) throws SQLException {
    if (facts.variable("log_slave_updates").equals("ON")
        || facts.variable("log_replica_updates").equals("ON")) {
      return "";
    }
    if (facts.variable("wsrep_on").equals("ON")) {
      return "what other nodes of the cluster commit is not in the binary log, as"
          + " log_slave_updates is OFF";
    }
    return follows(connection, facts)
        ? "what this server applies from another one is not in its binary log, as"
            + " log_slave_updates is OFF"
        : "";
  }

  private static boolean follows(Connection connection, ServerFacts facts) throws SQLException {
    try {
      return !Lag.rows(connection, facts.flavor()).isEmpty();
    } catch (SQLException e) {
      if (!ServerErrors.isRightMissing(e)) {
        throw e;
      }
      // Anybody may see how many appliers run now, on MariaDB.
      String running =
          Queries.pairs(connection, "show global status like 'Slaves_running'")
              .getOrDefault("slaves_running", "0");
      return !running.equals("0");
    }
  }
}
