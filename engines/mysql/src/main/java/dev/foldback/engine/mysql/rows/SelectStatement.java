package dev.foldback.engine.mysql.rows;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.stream.Collectors;

/** The statement that reads a slice. Columns are named, so invisible ones come too. */
final class SelectStatement {
  private SelectStatement() {}

  static String of(Flavor flavor, TableDefinition table, TableName actual, Slice slice) {
    StringBuilder sql = new StringBuilder("SELECT ");
    if (flavor.mariaDb()) {
      // MySQL has no query cache any more.
      sql.append("SQL_NO_CACHE ");
    }
    sql.append(columns(flavor, table))
        .append(" FROM ")
        .append(Sql.name(actual.schema(), actual.table()));
    String versioned = table.properties().get(TableProperties.VERSIONED);
    if (TableProperties.VERSIONED_HISTORY.equals(versioned)) {
      sql.append(" FOR SYSTEM_TIME ALL");
    }
    if (!table.key().isEmpty()) {
      String index = table.properties().getOrDefault(TableProperties.KEY_NAME, "PRIMARY");
      sql.append(" FORCE INDEX (").append(Sql.name(index)).append(')').append(range(table, slice));
      sql.append(" ORDER BY ");
      sql.append(table.key().stream().map(Sql::name).collect(Collectors.joining(",")));
    }
    return sql.toString();
  }

  private static String columns(Flavor flavor, TableDefinition table) {
    return table.columns().isEmpty()
        ? "''"
        : table.columns().stream()
            .map(column -> column(flavor, table, column))
            .collect(Collectors.joining(","));
  }

  private static String column(Flavor flavor, TableDefinition table, ColumnLayout column) {
    String name = Sql.name(column.name());
    String there = table.properties().get(TableProperties.TARGET_END_OF_TIME);
    if (there != null && column.name().equals(table.properties().get(TableProperties.ROW_END))) {
      // For the comparison, as the source wrote it.
      String here = table.properties().get(TableProperties.END_OF_TIME);
      return "REPLACE(" + name + ",'" + there + "','" + here + "')";
    }
    return switch (column.encoding()) {
      case FLOAT -> name + "*1e0";
      // Not "+0": that gives a SET with its 64th member as a negative number.
      case INDEX -> "CAST(" + name + " AS UNSIGNED)";
      // The driver does not know MySQL's VECTOR; its bytes it does.
      case BYTES ->
          !flavor.mariaDb() && column.type().startsWith("vector")
              ? "CAST(" + name + " AS BINARY)"
              : name;
      case NUMBER, JSON, TEXT -> name;
    };
  }

  private static String range(TableDefinition table, Slice slice) {
    String leading = Sql.name(table.key().getFirst());
    String from = slice.from() == null ? "" : leading + ">=" + slice.from();
    String to = slice.to() == null ? "" : leading + "<" + slice.to();
    if (from.isEmpty() && to.isEmpty()) {
      return "";
    }
    if (from.isEmpty()) {
      return " WHERE (" + to + " OR " + leading + " IS NULL)";
    }
    return " WHERE " + from + (to.isEmpty() ? "" : " AND " + to);
  }
}
