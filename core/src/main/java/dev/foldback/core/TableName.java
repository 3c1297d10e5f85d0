package dev.foldback.core;

import java.util.Comparator;

/** A table's schema and name as the server has them, unquoted, any characters. */
public record TableName(String schema, String table) implements Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::schema).thenComparing(TableName::table);

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public int hashCode() {
    return 31 * schema.hashCode() + table.hashCode();
  }

  /** For people: {@code schema.table}. Never put it into SQL. */
  @Override
  public String toString() {
    return schema + "." + table;
  }
}
