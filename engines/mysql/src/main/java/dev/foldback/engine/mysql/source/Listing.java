package dev.foldback.engine.mysql.source;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.work.Workers;
import dev.foldback.engine.mysql.catalog.OwnSchemas;
import dev.foldback.engine.mysql.catalog.StorageEngines;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The selected tables, views and programs at one moment, with what shows that one was redefined
 * since: two equal listings mean that none was created, dropped, renamed or changed between them.
 *
 * @param settled tables whose mark changes for certain if they are redefined from now on: marks
 *     tell seconds, and engines other than MariaDB's InnoDB keep theirs through some changes
 * @param programs views, routines, triggers and events by kind and name; each with a hash and a
 *     date
 */
record Listing(
    SortedMap<TableName, Entry> tables,
    Set<TableName> settled,
    SortedMap<String, String> programs) {
  private static final List<String> PROGRAMS =
      List.of(
          "select table_schema, table_name, 'view', sha2(view_definition, 256),"
              + " concat_ws(' ', security_type, definer, check_option, character_set_client,"
              + " collation_connection) from information_schema.views where table_schema",
          "select routine_schema, routine_name, lower(routine_type),"
              + " sha2(routine_definition, 256), last_altered"
              + " from information_schema.routines where routine_schema",
          "select trigger_schema, trigger_name, 'trigger', sha2(action_statement, 256), created"
              + " from information_schema.triggers where trigger_schema",
          "select event_schema, event_name, 'event', sha2(event_definition, 256), last_altered"
              + " from information_schema.events where event_schema");
  private static final String LIBRARIES =
      "select library_schema, library_name, 'library', sha2(library_definition, 256), last_altered"
          + " from information_schema.libraries where library_schema";

  /**
   * A table or view.
   *
   * @param type as the server lists it
   * @param engine in upper case
   * @param mark changes with a new definition
   */
  record Entry(String type, String engine, String mark) {
    /** Or of an engine that is not told, as of a table that could not be opened. */
    private boolean isOfInnoDb() {
      return !type.equals("SEQUENCE") && (engine.equals("INNODB") || engine.equals("NULL"));
    }
  }

  /** How often a table is asked for again that was listed as if it could not be opened. */
  private static final int AGAIN = 3;

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Above so many tables, opening each once more to see its mark takes a second or more. */
  private static final int MANY = 1000;

  /** Reads it on all of the connections at once. */
  static Listing read(List<Connection> connections, Flavor flavor, Selection selection)
      throws SQLException {
    return read(connections, flavor, selection, "create_time");
  }

  /**
   * A later one. Where tables are many and all settled, it has no marks: the guard asks for each
   * when its rows were read.
   */
  Listing again(List<Connection> connections, Flavor flavor, Selection selection)
      throws SQLException {
    boolean marked = tables.size() <= MANY || settled.size() < tables.size();
    return read(connections, flavor, selection, marked ? "create_time" : "null");
  }

  private static Listing read(
      List<Connection> connections, Flavor flavor, Selection selection, String mark)
      throws SQLException {
    SortedMap<TableName, Entry> tables = Collections.synchronizedSortedMap(new TreeMap<>());
    Set<TableName> settled = ConcurrentHashMap.newKeySet();
    Connection first = connections.getFirst();
    // information_schema may compare names without regard to case.
    Set<String> schemas = new LinkedHashSet<>(schemas(first, selection));
    if (schemas.isEmpty()) {
      return new Listing(tables, settled, new TreeMap<>());
    }
    String in = " in (" + schemas.stream().map(Sql::text).collect(Collectors.joining(",")) + ")";
    String sql =
        "select table_schema, table_name, table_type, engine, "
            + mark
            + ", "
            + (flavor.mariaDb()
                ? "engine = 'InnoDB' and " + mark + " < now() - interval 5 second"
                : "false")
            + " from information_schema.tables where table_type <> 'VIEW' and table_schema"
            + in;
    // MariaDB opens each table to answer, but by its name it knows before which to leave out.
    int parts = flavor.mariaDb() ? connections.size() : 1;
    AtomicInteger parted = new AtomicInteger();
    Workers.run(
        "listing",
        parts,
        () -> {
          int part = parted.getAndIncrement();
          String share = parts == 1 ? "" : " and crc32(table_name) % " + parts + " = " + part;
          try {
            Connection connection = connections.get(part);
            tables(
                connection,
                sql + share,
                name -> schemas.contains(name.schema()) && selection.contains(name),
                tables,
                settled);
            if (flavor.mariaDb() && mark.equals("create_time")) {
              askAgain(connection, sql, share, tables, settled);
            }
          } catch (SQLException e) {
            throw ServerErrors.failed("listing the tables", e);
          }
        });
    return new Listing(tables, settled, programs(first, flavor, schemas, in));
  }

  private static void tables(
      Connection connection,
      String sql,
      Predicate<TableName> wanted,
      Map<TableName, Entry> tables,
      Set<TableName> settled)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        TableName name = new TableName(rows.getString(1), rows.getString(2));
        if (wanted.test(name)) {
          String engine = String.valueOf(rows.getString(4)).toUpperCase(Locale.ROOT);
          String created = rows.getString(5);
          tables.put(
              name,
              new Entry(String.valueOf(rows.getString(3)), engine, created == null ? "" : created));
          if (rows.getBoolean(6)) {
            settled.add(name);
          }
        }
      }
    }
  }

  /**
   * A table that the server could not open at that moment, such as one whose hidden columns its
   * purge is at, is listed without a mark, and later with one: as if it were redefined.
   */
  private static void askAgain(
      Connection connection,
      String sql,
      String share,
      Map<TableName, Entry> tables,
      Set<TableName> settled)
      throws SQLException {
    for (int again = 0; again < AGAIN; again++) {
      Set<TableName> unmarked;
      synchronized (tables) {
        unmarked =
            tables.entrySet().stream()
                .filter(e -> e.getValue().mark.isEmpty() && e.getValue().isOfInnoDb())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
      }
      if (unmarked.isEmpty()) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      for (TableName name : unmarked) {
        String one =
            " and table_schema="
                + Sql.text(name.schema())
                + " and table_name="
                + Sql.text(name.table());
        tables(connection, sql + share + one, name::equals, tables, settled);
      }
    }
  }

  private static SortedMap<String, String> programs(
      Connection connection, Flavor flavor, Set<String> schemas, String in) throws SQLException {
    SortedMap<String, String> programs = new TreeMap<>();
    List<String> all = new ArrayList<>(PROGRAMS);
    if (flavor.mySqlAtLeast(9, 2, 0)) {
      all.add(LIBRARIES);
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : all) {
        try (ResultSet rows = statement.executeQuery(sql + in)) {
          while (rows.next()) {
            TableName name = new TableName(rows.getString(1), rows.getString(2));
            if (schemas.contains(name.schema())) {
              programs.put(
                  rows.getString(3) + " " + name, rows.getString(4) + " " + rows.getString(5));
            }
          }
        }
      }
    }
    return programs;
  }

  /** Whether the tables of a later listing are these, and none is redefined as far as it tells. */
  boolean isUnchangedIn(Listing later) {
    return tables.keySet().equals(later.tables.keySet())
        && later.tables.entrySet().stream()
            .allMatch(
                e -> e.getValue().mark.isEmpty() || e.getValue().equals(tables.get(e.getKey())));
  }

  /** Views and programs that are in one of the two only, or differ. */
  SortedSet<String> changedPrograms(Listing later) {
    SortedSet<String> changed = new TreeSet<>(programs.keySet());
    changed.addAll(later.programs.keySet());
    changed.removeIf(p -> Objects.equals(programs.get(p), later.programs.get(p)));
    return changed;
  }

  /** Schemas that may hold something selected: the server opens each table of those it lists. */
  static List<String> schemas(Connection connection, Selection selection) throws SQLException {
    OwnSchemas own = OwnSchemas.read(connection);
    return Queries.rows(connection, "show databases").stream()
        .map(row -> String.valueOf(row.values().iterator().next()))
        .filter(name -> own.isWanted(name, selection))
        .toList();
  }

  /** What a table's mark was; empty where it has none or is not in this listing. */
  String mark(TableName table) {
    Entry entry = tables.get(table);
    return entry == null ? "" : entry.mark;
  }

  /** Tables whose rows a consistent snapshot does not cover. */
  Set<TableName> nonTransactional() {
    return names(e -> StorageEngines.isLockable(e.engine) && !e.type.equals("SEQUENCE"));
  }

  /** All tables that hold rows. */
  Set<TableName> lockable() {
    return names(
        e ->
            (StorageEngines.isLockable(e.engine) || StorageEngines.isTransactional(e.engine))
                && !e.type.equals("SEQUENCE"));
  }

  private Set<TableName> names(Predicate<Entry> which) {
    return tables.entrySet().stream()
        .filter(e -> which.test(e.getValue()))
        .map(e -> e.getKey())
        .collect(Collectors.toSet());
  }
}
