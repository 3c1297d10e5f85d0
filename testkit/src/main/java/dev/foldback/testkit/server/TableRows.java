package dev.foldback.testkit.server;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table, each column printed so that equal text means equal bytes: strings in
 * hexadecimal in their own character set, floats as the shortest decimal of the double that they
 * exactly are (times one keeps a negative zero, which plus zero would lose), enumerations by
 * number.
 */
final class TableRows {
  private static final Set<String> FLOATS = Set.of("float", "double");
  private static final Set<String> NUMBERED = Set.of("enum", "set");
  private static final Set<String> PRINTED =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "date",
          "time",
          "datetime",
          "timestamp",
          "year",
          "json",
          "uuid",
          "inet4",
          "inet6");

  private final Side side;
  private final String query;

  TableRows(Side side, String schema, String table) throws SQLException {
    this.side = side;
    List<String> columns = new ArrayList<>();
    side.query(
        "select column_name, data_type from information_schema.columns where table_schema = %s and table_name = %s order by ordinal_position"
            .formatted(Side.text(schema), Side.text(table)),
        (names, values) ->
            columns.add(expression(String.valueOf(values.get(0)), String.valueOf(values.get(1)))));
    String name = Side.name(schema) + "." + Side.name(table);
    String history = "";
    if (isVersioned(schema, table)) {
      history = " for system_time all";
      String created = String.valueOf(side.all("show create table " + name).getFirst().get(1));
      if (!created.contains("PERIOD FOR SYSTEM_TIME")) {
        columns.add("cast(row_start as char)");
        columns.add("cast(row_end as char)");
      }
    }
    query = "select " + String.join(", ", columns) + " from " + name + history;
  }

  private boolean isVersioned(String schema, String table) throws SQLException {
    return side.column(
            "select table_type from information_schema.tables where table_schema = %s and table_name = %s"
                .formatted(Side.text(schema), Side.text(table)))
        .contains("SYSTEM VERSIONED");
  }

  private static String expression(String column, String dataType) {
    String name = Side.name(column);
    String type = dataType.toLowerCase(Locale.ROOT);
    if (FLOATS.contains(type)) {
      return name + " * 1e0";
    }
    if (NUMBERED.contains(type)) {
      return "concat(%1$s + 0, ':', hex(%1$s))".formatted(name);
    }
    if (type.equals("bit")) {
      return name + " + 0";
    }
    return PRINTED.contains(type) ? "cast(" + name + " as char)" : "hex(" + name + ")";
  }

  /** Rows and the sum of their hashes, whatever their order: little memory for any table. */
  record Sum(long rows, long high, long low) {}

  Sum sum() throws SQLException {
    long[] sum = new long[3];
    side.query(
        query,
        (names, values) -> {
          ByteBuffer hash = ByteBuffer.wrap(Bag.sha256(text(values)));
          sum[0]++;
          sum[1] += hash.getLong();
          sum[2] += hash.getLong();
        });
    return new Sum(sum[0], sum[1], sum[2]);
  }

  /** The rows themselves, to name what differs. */
  Bag bag() throws SQLException {
    Bag bag = new Bag();
    side.query(query, (names, values) -> bag.add(text(values)));
    return bag;
  }

  private static String text(List<@Nullable String> values) {
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      text.append(value == null ? "~" : "=" + value).append('|');
    }
    return text.toString();
  }
}
