package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the target already holds in the schemas that a restore would write to. */
final class Existing {
  private final boolean lowerCase;
  private final Set<String> schemas = new HashSet<>();

  /** Tables, views and sequences share one space of names; the value is the type. */
  private final Map<TableName, String> tables = new HashMap<>();

  /** Routines, packages, triggers and events: by kind and name. */
  private final Set<String> programs = new HashSet<>();

  private final Set<String> accounts = new HashSet<>();

  private Existing(boolean lowerCase) {
    this.lowerCase = lowerCase;
  }

  static Existing read(Db db, Collection<String> wanted) throws SQLException {
    Existing found = new Existing(!db.value("SELECT @@lower_case_table_names").equals("0"));
    for (String schema : db.column("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA")) {
      found.schemas.add(found.folded(schema));
    }
    found.readAccounts(db);
    if (wanted.isEmpty()) {
      return found;
    }
    String in = " IN (" + wanted.stream().map(Sql::text).collect(Collectors.joining(",")) + ")";
    for (List<String> row :
        db.rows(
            "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE"
                + " TABLE_SCHEMA"
                + in)) {
      found.tables.put(found.folded(new TableName(row.get(0), row.get(1))), row.get(2));
    }
    found.readPrograms(
        db,
        "SELECT ROUTINE_TYPE, ROUTINE_SCHEMA, ROUTINE_NAME FROM information_schema.ROUTINES WHERE"
            + " ROUTINE_SCHEMA"
            + in);
    found.readPrograms(
        db,
        "SELECT 'trigger', TRIGGER_SCHEMA, TRIGGER_NAME FROM information_schema.TRIGGERS WHERE"
            + " TRIGGER_SCHEMA"
            + in);
    found.readPrograms(
        db,
        "SELECT 'event', EVENT_SCHEMA, EVENT_NAME FROM information_schema.EVENTS WHERE"
            + " EVENT_SCHEMA"
            + in);
    return found;
  }

  private void readPrograms(Db db, String sql) throws SQLException {
    for (List<String> row : db.rows(sql)) {
      programs.add(key(row.get(0), row.get(1), row.get(2)));
    }
  }

  private void readAccounts(Db db) {
    try {
      accounts.addAll(db.column("SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user"));
    } catch (SQLException e) {
      // Without the right to look, the statement that creates an account says that it exists.
      accounts.clear();
    }
  }

  boolean schema(String name) {
    return schemas.contains(folded(name));
  }

  /** The type of the table, view or sequence of that name. */
  Optional<String> table(TableName name) {
    return Optional.ofNullable(tables.get(folded(name)));
  }

  boolean program(String kind, String schema, String name) {
    return programs.contains(key(kind, schema, name));
  }

  /** Whether the account is there; quoted as {@code 'user'@'host'}. */
  boolean account(String quoted) {
    return accounts.contains(quoted);
  }

  Set<String> accounts() {
    return accounts;
  }

  boolean lowerCase() {
    return lowerCase;
  }

  TableName folded(TableName name) {
    return new TableName(folded(name.schema()), folded(name.table()));
  }

  /** Notes of other restores that set out to create something under the names of these. */
  List<RestoreNote> overlapping(
      List<RestoreNote> notes, LoadRequest request, List<SchemaObject> objects) {
    Set<String> keys = new HashSet<>();
    for (SchemaObject object : objects) {
      if (isExclusive(object.kind())) {
        keys.add(key(object.kind(), Kind.target(object, request.renames())));
      }
    }
    return notes.stream()
        .filter(n -> !n.restoreId().equals(request.restoreId()))
        .filter(
            n ->
                n.entries().stream()
                    .filter(e -> isExclusive(e.kind()))
                    .map(e -> key(e.kind(), new TableName(e.schema(), e.name())))
                    .anyMatch(keys::contains))
        .toList();
  }

  private static boolean isExclusive(String kind) {
    return Kind.space(kind) == Kind.Space.TABLE || Kind.space(kind) == Kind.Space.PROGRAM;
  }

  /** What two objects have in common where only one of them can be on the target. */
  String key(String kind, TableName name) {
    TableName folded = folded(name);
    return Kind.space(kind) == Kind.Space.TABLE
        ? "table\0" + folded.schema() + "\0" + folded.table()
        : key(kind, name.schema(), name.table());
  }

  private String folded(String name) {
    return lowerCase ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** Names of programs never differ by case alone. */
  private String key(String kind, String schema, String name) {
    return (kind + "\0" + folded(schema) + "\0" + name).toLowerCase(Locale.ROOT);
  }
}
