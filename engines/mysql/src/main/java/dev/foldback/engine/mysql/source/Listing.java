package dev.foldback.engine.mysql.source;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The selected tables at one moment, with what shows that one was redefined since: two equal
 * listings mean that no table was created, dropped, renamed or rebuilt between them.
 */
record Listing(SortedMap<TableName, Entry> tables) {
  private static final Set<String> SYSTEM =
      Set.of("mysql", "sys", "performance_schema", "information_schema");
  private static final Set<String> TRANSACTIONAL = Set.of("INNODB", "ROCKSDB", "TOKUDB");
  private static final Set<String> LOCKABLE =
      Set.of("MYISAM", "ARIA", "MEMORY", "CSV", "ARCHIVE", "MROONGA", "SEQUENCE");

  /**
   * A table or view.
   *
   * @param type as the server lists it
   * @param engine in upper case
   * @param mark changes with a new definition
   */
  record Entry(String type, String engine, String mark) {}

  static Listing read(Connection connection, Selection selection) throws SQLException {
    SortedMap<TableName, Entry> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_schema, table_name, table_type, engine, create_time"
                    + " from information_schema.tables where table_type <> 'VIEW' and table_schema"
                    + " not in ('mysql','sys','performance_schema','information_schema')")) {
      while (rows.next()) {
        TableName name = new TableName(rows.getString(1), rows.getString(2));
        if (selection.contains(name) && !SYSTEM.contains(name.schema().toLowerCase(Locale.ROOT))) {
          String engine = String.valueOf(rows.getString(4)).toUpperCase(Locale.ROOT);
          String created = rows.getString(5);
          tables.put(
              name,
              new Entry(String.valueOf(rows.getString(3)), engine, created == null ? "" : created));
        }
      }
    }
    return new Listing(tables);
  }

  /** Tables whose rows a consistent snapshot does not cover. */
  Set<TableName> nonTransactional() {
    return names(e -> LOCKABLE.contains(e.engine) && !e.type.equals("SEQUENCE"));
  }

  /** All tables that hold rows. */
  Set<TableName> lockable() {
    return names(
        e ->
            (LOCKABLE.contains(e.engine) || TRANSACTIONAL.contains(e.engine))
                && !e.type.equals("SEQUENCE"));
  }

  private Set<TableName> names(Predicate<Entry> which) {
    return tables.entrySet().stream()
        .filter(e -> which.test(e.getValue()))
        .map(e -> e.getKey())
        .collect(Collectors.toSet());
  }
}
