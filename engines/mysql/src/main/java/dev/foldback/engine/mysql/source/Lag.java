package dev.foldback.engine.mysql.source;

import dev.foldback.engine.mysql.connect.Flavor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a server is behind those that it replicates from.
 *
 * @param sources how many it follows
 * @param seconds the greatest
 * @param known whether each source's is known: it is not while its replication stands still
 */
record Lag(int sources, long seconds, boolean known) {
  private static final Set<String> NAMES =
      Set.of("seconds_behind", "seconds_behind_master", "seconds_behind_source");

  /** Whether a limit of this name is one on the lag. */
  static boolean isName(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  static Lag read(Connection connection, Flavor flavor) throws SQLException {
    return of(rows(connection, flavor));
  }

  /** One row a source: channels of MySQL, named connections of MariaDB. */
  static List<Map<String, @Nullable String>> rows(Connection connection, Flavor flavor)
      throws SQLException {
    return Queries.rows(
        connection,
        flavor.mariaDb()
            ? "show all slaves status"
            : flavor.atLeast(8, 0, 22) ? "show replica status" : "show slave status");
  }

  static Lag of(List<Map<String, @Nullable String>> rows) {
    long greatest = 0;
    boolean known = true;
    for (Map<String, @Nullable String> row : rows) {
      @Nullable String seconds =
          row.containsKey("seconds_behind_source")
              ? row.get("seconds_behind_source")
              : row.get("seconds_behind_master");
      if (seconds == null || !seconds.matches("\\d{1,18}")) {
        known = false;
      } else {
        greatest = Math.max(greatest, Long.parseLong(seconds));
      }
    }
    return new Lag(rows.size(), greatest, known);
  }
}
