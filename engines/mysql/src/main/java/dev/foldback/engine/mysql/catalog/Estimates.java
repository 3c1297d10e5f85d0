package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.TableName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** How large tables are, by the server's statistics. */
final class Estimates {
  record Size(long rows, long bytes) {}

  static final Size UNKNOWN = new Size(0, 0);

  /** Above so many tables MariaDB would spend seconds on opening each for its live numbers. */
  private static final int MANY = 1000;

  private Estimates() {}

  static Map<TableName, Size> read(Reading reading, int tables) throws SQLException {
    if (reading.flavor().mariaDb() && tables > MANY) {
      try {
        return kept(reading);
      } catch (SQLException e) {
        if (Reading.isLost(e)) {
          throw e;
        }
        // The account may not read the server's own tables: then the slow way.
      }
    }
    return live(reading);
  }

  private static Map<TableName, Size> live(Reading reading) throws SQLException {
    Map<TableName, Size> sizes = new HashMap<>();
    reading.eachInSchemas(
        "select table_schema, table_name, table_rows, data_length from information_schema.tables"
            + " where %s and table_type <> 'VIEW'",
        "table_schema",
        row ->
            sizes.put(
                new TableName(row.getString(1), row.getString(2)),
                new Size(row.getLong(3), row.getLong(4))));
    return sizes;
  }

  /** What InnoDB keeps: a line a table or, as {@code table#P#name}, a partition. */
  private static Map<TableName, Size> kept(Reading reading) throws SQLException {
    Map<TableName, Size> sizes = new HashMap<>();
    reading.each(
        "select database_name, table_name, n_rows, clustered_index_size * @@innodb_page_size"
            + " from mysql.innodb_table_stats",
        row -> {
          String table = row.getString(2);
          int partition = table.indexOf("#P#");
          TableName name =
              new TableName(
                  row.getString(1), partition < 0 ? table : table.substring(0, partition));
          sizes.merge(
              name,
              new Size(row.getLong(3), row.getLong(4)),
              (a, b) -> new Size(a.rows() + b.rows(), a.bytes() + b.bytes()));
        });
    return sizes;
  }
}
