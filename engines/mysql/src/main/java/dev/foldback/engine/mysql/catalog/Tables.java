package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What information_schema.tables lists: tables, views and sequences. */
final class Tables {

  /**
   * A base table.
   *
   * @param engine empty where the server could not open the table
   * @param definition as SHOW CREATE TABLE gives it
   */
  record Entry(TableName name, String engine, boolean versioned, String definition) {
    SchemaObject object() {
      return new SchemaObject("table", name.schema(), name.table(), definition, Map.of());
    }
  }

  private record Listed(String engine, boolean versioned) {}

  private final Reading reading;
  private final SortedMap<TableName, Listed> listed = new TreeMap<>();
  private final SortedMap<TableName, Entry> entries =
      Collections.synchronizedSortedMap(new TreeMap<>());
  private final List<TableName> views = new ArrayList<>();
  private final List<TableName> sequences = new ArrayList<>();

  private Tables(Reading reading) {
    this.reading = reading;
  }

  static Tables read(Reading reading) throws SQLException {
    Tables tables = new Tables(reading);
    tables.list();
    reading.forEach(
        tables.listed.entrySet(),
        (own, table) -> tables.define(own, table.getKey(), table.getValue()));
    return tables;
  }

  /** Only what they are called. */
  static Tables names(Reading reading) throws SQLException {
    Tables tables = new Tables(reading);
    tables.list();
    return tables;
  }

  /** Base tables, whether their definitions were read or not. */
  Set<TableName> listed() {
    return listed.keySet();
  }

  private void list() throws SQLException {
    reading.eachInSchemas(
        "select table_schema, table_name, table_type, engine from information_schema.tables where"
            + " %s",
        "table_schema",
        row -> {
          TableName name = new TableName(row.getString(1), row.getString(2));
          if (!reading.selected(name.schema(), name.table())) {
            return;
          }
          String type = text(row.getString(3)).toUpperCase(Locale.ROOT);
          switch (type) {
            case "VIEW" -> views.add(name);
            case "SEQUENCE" -> sequences.add(name);
            case "BASE TABLE", "SYSTEM VERSIONED" ->
                listed.put(
                    name, new Listed(text(row.getString(4)), type.equals("SYSTEM VERSIONED")));
            case "TEMPORARY", "LOCAL TEMPORARY" -> {}
            default ->
                reading.add(
                    Finding.error(
                        "not-carried",
                        "table " + name,
                        "is of the unknown type " + type + "; the backup would lack it",
                        "Leave it out with --exclude."));
          }
        });
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private void define(Reading own, TableName name, Listed table) throws SQLException {
    String sql = "show create table " + Sql.name(name.schema(), name.table());
    own.attempt("table " + name, () -> own.show(sql))
        .map(row -> row.get("Create Table"))
        .ifPresent(
            text -> entries.put(name, new Entry(name, table.engine(), table.versioned(), text)));
  }

  /** Those whose definition could be read. */
  Collection<Entry> entries() {
    return entries.values();
  }

  List<TableName> views() {
    return views.stream().sorted().toList();
  }

  /** Definitions of the named tables. */
  List<SchemaObject> definitions(Set<TableName> names) {
    return entries.values().stream()
        .filter(e -> names.contains(e.name()))
        .map(Entry::object)
        .toList();
  }

  /** MariaDB's sequences with their state. */
  List<SchemaObject> sequences() throws SQLException {
    List<SchemaObject> objects = new ArrayList<>();
    for (TableName name : sequences.stream().sorted().toList()) {
      String quoted = Sql.name(name.schema(), name.table());
      reading.attempt("sequence " + name, () -> sequence(name, quoted)).ifPresent(objects::add);
    }
    return objects;
  }

  private SchemaObject sequence(TableName name, String quoted) throws SQLException {
    Map<String, String> context = new LinkedHashMap<>();
    reading
        .show("select * from " + quoted)
        .forEach((column, value) -> context.put(column, text(value)));
    // The label depends on the version.
    String definition =
        reading.show("show create sequence " + quoted).entrySet().stream()
            .filter(e -> e.getKey().startsWith("Create "))
            .map(e -> text(e.getValue()))
            .findFirst()
            .orElse("");
    return new SchemaObject("sequence", name.schema(), name.table(), definition, context);
  }
}
