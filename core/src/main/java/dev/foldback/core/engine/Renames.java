package dev.foldback.core.engine;

import dev.foldback.core.TableName;
import java.util.Map;

/**
 * New names for schemas and tables. A table's own entry wins over its schema's.
 *
 * @param schemas old schema to new
 * @param tables old table to new
 */
public record Renames(Map<String, String> schemas, Map<TableName, TableName> tables) {
  public static final Renames NONE = new Renames(Map.of(), Map.of());

  public Renames {
    schemas = Map.copyOf(schemas);
    tables = Map.copyOf(tables);
  }

  public boolean isEmpty() {
    return schemas.isEmpty() && tables.isEmpty();
  }

  public String schema(String schema) {
    return schemas.getOrDefault(schema, schema);
  }

  public TableName table(TableName name) {
    TableName own = tables.get(name);
    return own != null ? own : new TableName(schema(name.schema()), name.table());
  }
}
