package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Flavor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What InnoDB calls each table and partition. EXCHANGE PARTITION gives rows another place and
 * leaves definition and date alone; so may a RENAME of two tables that are defined alike and were
 * made in the same second. Then an id has another name, and nothing else shows it.
 */
record TableIds(Flavor flavor, Map<String, String> names) {
  /** As {@code schema/table}, with {@code #p#} before a partition. */
  static TableIds read(Connection connection, Flavor flavor) throws SQLException {
    String view = flavor.mariaDb() ? "innodb_sys_tables" : "innodb_tables";
    Map<String, String> names = new HashMap<>();
    for (Map<String, @Nullable String> row :
        Queries.rows(connection, "select table_id, name from information_schema." + view)) {
      names.put(String.valueOf(row.get("table_id")), String.valueOf(row.get("name")));
    }
    return new TableIds(flavor, names);
  }

  /** Fails where rows changed places between this moment and the later one. */
  void check(TableIds later, Listing listing) {
    later.names.forEach(
        (id, now) -> {
          String before = names.get(id);
          if (before != null && !now.equals(before) && !dated(before, now, listing)) {
            throw new FoldbackException(
                ErrorCode.DEFINITION_CHANGED,
                "the rows of "
                    + before
                    + " became those of "
                    + now
                    + " during the backup, by EXCHANGE PARTITION or RENAME; which of them were read"
                    + " as which is not known",
                "Nothing of this run is kept as a backup. Run it again when no DDL runs on them.");
          }
        });
  }

  /** Whether the guard sees the change by the date, or it is of no matter. */
  private boolean dated(String before, String now, Listing listing) {
    if (isPartition(before) || isPartition(now)) {
      return false;
    }
    Listing.Entry one = listing.tables().get(table(before));
    Listing.Entry other = listing.tables().get(table(now));
    boolean selected = other != null || now.contains("@");
    return !selected || (one != null && other != null && differ(one.mark(), other.mark()));
  }

  /**
   * A server that could not open a table at once lists it without its date, which tells nothing.
   */
  private static boolean differ(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
  }

  private static boolean isPartition(String name) {
    return name.toLowerCase(Locale.ROOT).contains("#p#");
  }

  /** Right for names of plain letters; in others InnoDB writes some after an {@code @}. */
  private static TableName table(String name) {
    int slash = Math.max(0, name.indexOf('/'));
    return new TableName(name.substring(0, slash), name.substring(slash + 1));
  }
}
