package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns and keys, from two questions over all tables, as layouts of rows. */
final class Layouts {
  /** A column as the server lists it. */
  record Column(
      String name,
      String dataType,
      String columnType,
      boolean nullable,
      boolean generated,
      String expression) {
    boolean rowStart() {
      return generated && expression.equals("ROW START");
    }

    boolean rowEnd() {
      return generated && expression.equals("ROW END");
    }
  }

  private final Reading reading;
  private final Map<TableName, List<Column>> columns = new HashMap<>();

  private Layouts(Reading reading) {
    this.reading = reading;
  }

  static Map<TableName, TableDefinition> read(Reading reading, Tables tables) throws SQLException {
    Layouts layouts = new Layouts(reading);
    layouts.readColumns();
    Map<TableName, Estimates.Size> sizes = Estimates.read(reading, tables.entries().size());
    Map<TableName, TableDefinition> all = new LinkedHashMap<>();
    for (Tables.Entry entry : tables.entries()) {
      @Nullable List<Column> columns = layouts.columns.get(entry.name());
      if (columns == null) {
        reading.add(
            Finding.error(
                "object-unreadable",
                "table " + entry.name(),
                "shows no columns to this account, so its rows can't be read",
                "GRANT SELECT on it, or take the backup again if it was being created."));
      } else {
        all.put(
            entry.name(),
            layouts.layout(entry, columns, sizes.getOrDefault(entry.name(), Estimates.UNKNOWN)));
      }
    }
    return all;
  }

  private void readColumns() throws SQLException {
    String generated =
        reading.flavor().mariaDb() ? "is_generated = 'ALWAYS'" : "extra like '%% GENERATED%%'";
    reading.eachInSchemas(
        "select table_schema, table_name, column_name, data_type, column_type, is_nullable, "
            + generated
            + ", generation_expression from information_schema.columns where %s"
            + " order by table_schema, table_name, ordinal_position",
        "table_schema",
        row -> {
          TableName name = new TableName(row.getString(1), row.getString(2));
          if (reading.selected(name.schema(), name.table())) {
            @Nullable String expression = row.getString(8);
            columns
                .computeIfAbsent(name, n -> new ArrayList<>())
                .add(
                    new Column(
                        row.getString(3),
                        row.getString(4).toLowerCase(Locale.ROOT),
                        row.getString(5),
                        row.getString(6).equals("YES"),
                        row.getBoolean(7),
                        expression == null ? "" : expression));
          }
        });
  }

  private TableDefinition layout(Tables.Entry entry, List<Column> columns, Estimates.Size size) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(TableProperties.ENGINE, entry.engine());
    properties.put(
        TableProperties.TRANSACTIONAL,
        StorageEngines.isTransactional(entry.engine()) ? "yes" : "no");
    StorageEngines.finding(entry.name(), entry.engine()).ifPresent(reading::add);
    if (StorageEngines.isWithoutRows(entry.engine())) {
      properties.put(TableProperties.ROWS, TableProperties.ROWS_NONE);
    }
    List<ColumnLayout> stored = new ArrayList<>();
    for (Column column : columns) {
      if (!column.generated()) {
        stored.add(new ColumnLayout(column.name(), column.columnType(), encoding(entry, column)));
      }
    }
    if (entry.versioned()) {
      addHistory(entry, columns, stored, properties);
    }
    List<String> key = key(entry, columns, stored, properties);
    return new TableDefinition(
        entry.name(),
        stored,
        key,
        List.of(Slice.whole(size.bytes())),
        size.rows(),
        size.bytes(),
        properties);
  }

  /** A versioned table's rows carry when they began and ended to be true. */
  private void addHistory(
      Tables.Entry entry,
      List<Column> columns,
      List<ColumnLayout> stored,
      Map<String, String> properties) {
    String start =
        columns.stream().filter(Column::rowStart).map(Column::name).findFirst().orElse("ROW_START");
    String end =
        columns.stream().filter(Column::rowEnd).map(Column::name).findFirst().orElse("ROW_END");
    properties.put(TableProperties.ROW_START, start);
    properties.put(TableProperties.ROW_END, end);
    if (columns.stream().anyMatch(c -> c.rowStart() && c.dataType().equals("bigint"))) {
      properties.put(TableProperties.VERSIONED, TableProperties.VERSIONED_CURRENT);
      reading.add(
          Finding.warning(
              "history-not-carried",
              "table " + entry.name(),
              "keeps its history by transaction numbers, which mean nothing on another server;"
                  + " the backup holds its current rows only",
              "Version it by TIMESTAMP(6) columns if its history matters."));
      return;
    }
    properties.put(TableProperties.VERSIONED, TableProperties.VERSIONED_HISTORY);
    properties.put(TableProperties.END_OF_TIME, reading.flavor().endOfTime());
    stored.add(new ColumnLayout(start, "timestamp(6)", ColumnLayout.Encoding.BYTES));
    stored.add(new ColumnLayout(end, "timestamp(6)", ColumnLayout.Encoding.BYTES));
  }

  private List<String> key(
      Tables.Entry entry,
      List<Column> columns,
      List<ColumnLayout> stored,
      Map<String, String> properties) {
    @Nullable String end = properties.get(TableProperties.ROW_END);
    Set<String> usable = new HashSet<>(stored.stream().map(ColumnLayout::name).toList());
    columns.stream().filter(Column::nullable).map(Column::name).forEach(usable::remove);
    if (end != null) {
      usable.add(end);
    }
    Keys.@Nullable Key key =
        Keys.best(entry.definition(), usable, entry.engine().equalsIgnoreCase("MEMORY"));
    if (key == null) {
      return List.of();
    }
    properties.put(TableProperties.KEY_NAME, key.name());
    List<String> names = new ArrayList<>(key.columns());
    if (end != null) {
      // With history a key's value comes back once for each version of its row.
      names.remove(end);
      if (TableProperties.VERSIONED_HISTORY.equals(properties.get(TableProperties.VERSIONED))) {
        names.add(end);
      }
    }
    return names;
  }

  private ColumnLayout.Encoding encoding(Tables.Entry entry, Column column) {
    return switch (column.dataType()) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year" ->
          ColumnLayout.Encoding.NUMBER;
      case "float", "double" -> ColumnLayout.Encoding.FLOAT;
      case "enum", "set" -> ColumnLayout.Encoding.INDEX;
      case "json" -> ColumnLayout.Encoding.JSON;
      case "uuid", "inet4", "inet6" -> ColumnLayout.Encoding.TEXT;
      case "bit",
          "char",
          "varchar",
          "binary",
          "varbinary",
          "tinytext",
          "text",
          "mediumtext",
          "longtext",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "date",
          "time",
          "datetime",
          "timestamp",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection",
          "vector" ->
          ColumnLayout.Encoding.BYTES;
      default -> {
        reading.add(
            Finding.error(
                "type-unknown",
                "column " + entry.name() + "." + column.name(),
                "is of type " + column.columnType() + ", which Foldback does not know",
                "Leave the table out with --exclude."));
        yield ColumnLayout.Encoding.BYTES;
      }
    };
  }
}
