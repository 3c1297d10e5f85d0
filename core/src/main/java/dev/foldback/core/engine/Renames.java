package dev.foldback.core.engine;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * New names for schemas and tables. A table's own entry wins over its schema's.
 *
 * @param schemas old schema to new
 * @param tables old table to new
 * @param ignoreCase whether old names that differ by case alone are one name
 */
public record Renames(
    Map<String, String> schemas, Map<TableName, TableName> tables, boolean ignoreCase) {
  public static final Renames NONE = new Renames(Map.of(), Map.of());

  public Renames {
    schemas = Map.copyOf(schemas);
    tables = Map.copyOf(tables);
  }

  public Renames(Map<String, String> schemas, Map<TableName, TableName> tables) {
    this(schemas, tables, false);
  }

  /** The same for a server that ignores case in names; fails where two old names become one. */
  public Renames ignoringCase() {
    Map<String, String> folded = new HashMap<>();
    schemas.forEach((old, name) -> put(folded, lower(old), name, old));
    Map<TableName, TableName> foldedTables = new HashMap<>();
    tables.forEach((old, name) -> put(foldedTables, lower(old), name, old));
    return new Renames(folded, foldedTables, true);
  }

  private static <T> void put(Map<T, T> names, T old, T name, Object written) {
    T other = names.put(old, name);
    if (other != null && !other.equals(name)) {
      throw new FoldbackException(
          ErrorCode.BAD_PATTERN,
          "--rename gives " + written + " two names, as the source ignores case in names",
          "Write it once.");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static TableName lower(TableName name) {
    return new TableName(lower(name.schema()), lower(name.table()));
  }

  public boolean isEmpty() {
    return schemas.isEmpty() && tables.isEmpty();
  }

  /** The name as these renames look it up: what has the same is the same name. */
  public TableName folded(TableName name) {
    return ignoreCase ? lower(name) : name;
  }

  public String schema(String schema) {
    return schemas.getOrDefault(ignoreCase ? lower(schema) : schema, schema);
  }

  public TableName table(TableName name) {
    TableName own = tables.get(folded(name));
    return own != null ? own : new TableName(schema(name.schema()), name.table());
  }
}
