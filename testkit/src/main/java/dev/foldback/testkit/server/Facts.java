package dev.foldback.testkit.server;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What information_schema says about a schema, every column but those that change by themselves.
 */
final class Facts {
  /** View to the column that holds the schema. */
  private static final Map<String, String> VIEWS = new LinkedHashMap<>();

  static {
    VIEWS.put("SCHEMATA", "SCHEMA_NAME");
    VIEWS.put("TABLES", "TABLE_SCHEMA");
    VIEWS.put("COLUMNS", "TABLE_SCHEMA");
    VIEWS.put("STATISTICS", "TABLE_SCHEMA");
    VIEWS.put("PARTITIONS", "TABLE_SCHEMA");
    VIEWS.put("TABLE_CONSTRAINTS", "TABLE_SCHEMA");
    VIEWS.put("KEY_COLUMN_USAGE", "TABLE_SCHEMA");
    VIEWS.put("REFERENTIAL_CONSTRAINTS", "CONSTRAINT_SCHEMA");
    VIEWS.put("CHECK_CONSTRAINTS", "CONSTRAINT_SCHEMA");
    VIEWS.put("VIEWS", "TABLE_SCHEMA");
    VIEWS.put("ROUTINES", "ROUTINE_SCHEMA");
    VIEWS.put("PARAMETERS", "SPECIFIC_SCHEMA");
    VIEWS.put("TRIGGERS", "TRIGGER_SCHEMA");
    VIEWS.put("EVENTS", "EVENT_SCHEMA");
  }

  private static final Set<String> VOLATILE =
      Set.of(
          "CARDINALITY",
          "TABLE_ROWS",
          "AVG_ROW_LENGTH",
          "DATA_LENGTH",
          "MAX_DATA_LENGTH",
          "MAX_INDEX_LENGTH",
          "INDEX_LENGTH",
          "DATA_FREE",
          "CREATE_TIME",
          "UPDATE_TIME",
          "CHECK_TIME",
          "CHECKSUM",
          "CREATED",
          "LAST_ALTERED",
          "LAST_EXECUTED",
          "ORIGINATOR");

  private Facts() {}

  static Map<String, Bag> of(Side side, String schema, String shownAs) throws SQLException {
    Map<String, Bag> facts = new LinkedHashMap<>();
    for (Map.Entry<String, String> view : VIEWS.entrySet()) {
      Bag bag = new Bag();
      side.query(
          "select * from information_schema.%s where %s = %s"
              .formatted(view.getKey(), view.getValue(), Side.text(schema)),
          (names, values) -> bag.add(line(names, values, schema, shownAs)));
      facts.put(view.getKey(), bag);
    }
    facts.put("CREATE", created(side, schema));
    if (!side.mariaDb()) {
      facts.put("HISTOGRAMS", histograms(side, schema));
    }
    return facts;
  }

  private static String line(
      List<String> names, List<@Nullable String> values, String schema, String shownAs) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).toUpperCase(Locale.ROOT);
      String value = values.get(i);
      if (!VOLATILE.contains(name)) {
        boolean renamed = name.endsWith("_SCHEMA") || name.equals("SCHEMA_NAME");
        line.append(name)
            .append('=')
            .append(renamed && schema.equals(value) ? shownAs : value)
            .append(' ');
      }
    }
    return line.toString();
  }

  /** What the server would create each table and sequence with; a sequence with its state. */
  private static Bag created(Side side, String schema) throws SQLException {
    Bag bag = new Bag();
    for (List<@Nullable String> table :
        side.all(
            "select table_name, table_type from information_schema.tables where table_schema = "
                + Side.text(schema))) {
      String name = Side.name(schema) + "." + Side.name(String.valueOf(table.get(0)));
      String type = String.valueOf(table.get(1));
      if (!type.contains("VIEW")) {
        bag.add(String.valueOf(side.all("show create table " + name).getFirst().get(1)));
      }
      if (type.equals("SEQUENCE")) {
        bag.add(table.get(0) + " is at " + side.all("select * from " + name));
      }
    }
    return bag;
  }

  private static Bag histograms(Side side, String schema) throws SQLException {
    Bag bag = new Bag();
    side.query(
        "select table_name, column_name, json_remove(histogram, '$.\"last-updated\"')"
            + " from information_schema.column_statistics where schema_name = "
            + Side.text(schema),
        (names, values) -> bag.add(values.toString()));
    return bag;
  }
}
