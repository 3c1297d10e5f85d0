package dev.foldback.engine.mysql.rows;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The statements that load rows. {@code CHARACTER SET binary} hands every value's bytes to its
 * column as they are; only what takes no bytes goes through a variable.
 */
final class LoadStatement {
  private LoadStatement() {}

  static String loadData(TableDefinition table, TableName actual) {
    List<String> names = new ArrayList<>();
    List<String> sets = new ArrayList<>();
    for (ColumnLayout column : table.columns()) {
      String variable = "@v" + names.size();
      String value = value(table, column, variable);
      names.add(value.equals(variable) ? Sql.name(column.name()) : variable);
      if (!value.equals(variable)) {
        sets.add(Sql.name(column.name()) + "=" + value);
      }
    }
    if (names.isEmpty()) {
      names.add("@v0");
    }
    return "LOAD DATA LOCAL INFILE 'foldback' INTO TABLE "
        + Sql.name(actual.schema(), actual.table())
        + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\'"
        + " LINES TERMINATED BY '\\n' ("
        + String.join(",", names)
        + ")"
        + (sets.isEmpty() ? "" : " SET " + String.join(",", sets));
  }

  /** The same for so many rows of values given as parameters. */
  static String insert(TableDefinition table, TableName actual, int rows) {
    return insert(table, actual, Collections.nCopies(rows, row(values(table))));
  }

  /** The same for rows that are made of {@link #values}, each in {@link #row}. */
  static String insert(TableDefinition table, TableName actual, List<String> rows) {
    List<String> names = new ArrayList<>();
    for (ColumnLayout column : table.columns()) {
      names.add(Sql.name(column.name()));
    }
    return "INSERT INTO "
        + Sql.name(actual.schema(), actual.table())
        + " ("
        + String.join(",", names)
        + ") VALUES "
        + String.join(",", rows);
  }

  /** For each column the expression that takes its value as a parameter. */
  static List<String> values(TableDefinition table) {
    return table.columns().stream().map(column -> value(table, column, "?")).toList();
  }

  static String row(List<String> values) {
    return "(" + String.join(",", values) + ")";
  }

  private static String value(TableDefinition table, ColumnLayout column, String value) {
    String there = table.properties().get(TableProperties.TARGET_END_OF_TIME);
    if (there != null && column.name().equals(table.properties().get(TableProperties.ROW_END))) {
      String here = table.properties().get(TableProperties.END_OF_TIME);
      return "REPLACE(" + value + ",'" + here + "','" + there + "')";
    }
    return switch (column.encoding()) {
      case BYTES, NUMBER, FLOAT -> value;
      // A double would lose bits of a SET with more than 53 members.
      case INDEX -> "CAST(" + value + " AS UNSIGNED)";
      case JSON -> "CONVERT(" + value + " USING utf8mb4)";
      case TEXT -> "CONVERT(" + value + " USING latin1)";
    };
  }
}
