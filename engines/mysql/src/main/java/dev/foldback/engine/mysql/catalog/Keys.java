package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.TableName;
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

/** Unique keys, to find the one that rows are read by. */
final class Keys {

  /** A unique key whose parts are all whole columns. */
  record Key(String name, List<String> columns, boolean hash) {}

  private final Map<TableName, Map<String, Key>> keys = new HashMap<>();

  private Keys() {}

  static Keys read(Reading reading) throws SQLException {
    Keys all = new Keys();
    String hidden =
        reading.flavor().mariaDb()
            ? reading.flavor().mariaDbAtLeast(10, 6, 0) ? "ignored = 'YES'" : "0"
            : "is_visible = 'NO'";
    Set<List<String>> unusable = new HashSet<>();
    reading.eachInSchemas(
        "select table_schema, table_name, index_name, column_name, sub_part is not null, "
            + hidden
            + ", index_type from information_schema.statistics where %s and non_unique = 0"
            + " order by table_schema, table_name, index_name, seq_in_index",
        "table_schema",
        row -> {
          TableName table = new TableName(row.getString(1), row.getString(2));
          String index = row.getString(3);
          @Nullable String column = row.getString(4);
          // A prefix or an expression orders nothing that the columns would; a hidden index is
          // not used for ORDER BY.
          if (column == null || row.getBoolean(5) || row.getBoolean(6)) {
            unusable.add(List.of(table.schema(), table.table(), index));
            column = "";
          }
          boolean hash = row.getString(7).equals("HASH");
          all.keys
              .computeIfAbsent(table, t -> new LinkedHashMap<>())
              .computeIfAbsent(index, i -> new Key(i, new ArrayList<>(), hash))
              .columns()
              .add(column);
        });
    all.keys.forEach(
        (table, byName) ->
            byName
                .keySet()
                .removeIf(
                    index -> unusable.contains(List.of(table.schema(), table.table(), index))));
    return all;
  }

  /**
   * The primary key, or else the first unique key, that only has columns among the usable ones (not
   * nullable, in the frames).
   */
  @Nullable Key best(TableName table, Set<String> usable, String engine) {
    Map<String, Key> byName = keys.getOrDefault(table, Map.of());
    boolean memory = engine.toUpperCase(Locale.ROOT).equals("MEMORY");
    @Nullable Key primary = byName.get("PRIMARY");
    if (primary != null) {
      return usable.containsAll(primary.columns()) ? primary : null;
    }
    return byName.values().stream()
        .filter(k -> usable.containsAll(k.columns()) && (!k.hash() || memory))
        .findFirst()
        .orElse(null);
  }
}
