package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Selection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which schemas are the server's own, and so never part of a backup.
 *
 * @param names in lower case
 * @param exact whether the server minds the case of names, so that {@code SYS} is somebody's
 */
public record OwnSchemas(Set<String> names, boolean exact) {
  static final String INFORMATION = "information_schema";

  /** Where a restore to this server keeps its note while it is not finished. */
  static final String RESTORE_NOTE = "foldback_restore";

  /** What the schemas begin with in which a restore runs statements on empty copies. */
  public static final String COPIES = "foldback_stage_";

  /** What the schemas begin with that a restore in place loads into. */
  public static final String SWAPPED_IN = "foldback_swap_";

  /** The schema of what restores in place noted, and what those begin with that hold the rest. */
  public static final String KEPT = "foldback_kept";

  private static final List<String> BEGINNINGS = List.of(COPIES, SWAPPED_IN, KEPT);

  /** Those of every server. */
  static final Set<String> ALWAYS = Set.of("mysql", "sys", "performance_schema", INFORMATION);

  public static OwnSchemas read(Connection connection) throws SQLException {
    Set<String> names = new HashSet<>(ALWAYS);
    names.add(RESTORE_NOTE);
    // A cluster's own; elsewhere anybody may call a schema so.
    if (has(
        connection,
        "select count(*) from information_schema.engines where engine in ('ndbcluster','ndbinfo')"
            + " and support in ('YES','DEFAULT')")) {
      names.add("ndbinfo");
    }
    return new OwnSchemas(
        Set.copyOf(names), has(connection, "select @@lower_case_table_names = 0"));
  }

  private static boolean has(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getInt(1) > 0;
    }
  }

  /**
   * Whether a schema is to be read: selected, and not the server's own. Foldback's own are read
   * only where they are named.
   */
  public boolean isWanted(String schema, Selection selection) {
    return !isFoldbacks(schema, selection) && !contains(schema) && selection.touches(schema);
  }

  private static boolean isFoldbacks(String schema, Selection selection) {
    for (String beginning : BEGINNINGS) {
      if (schema.startsWith(beginning)) {
        return selection.include().stream().noneMatch(pattern -> pattern.startsWith(beginning));
      }
    }
    return false;
  }

  public boolean contains(String schema) {
    String lower = schema.toLowerCase(Locale.ROOT);
    // No server minds the case of this one.
    return names.contains(exact && !lower.equals(INFORMATION) ? schema : lower);
  }
}
