package dev.foldback.core.engine;

import dev.foldback.core.TableName;
import java.util.List;
import java.util.Map;

/**
 * How a table's rows are laid out in frames. Kept with the snapshot, so that a restore loads and
 * reads back exactly what was read. The statement that creates the table is its {@link
 * SchemaObject}.
 *
 * @param columns those whose values are in the frames, in order; generated ones are not
 * @param key the columns that rows are ordered by; empty for the server's own order
 * @param slices non-empty, in order of the key, together the whole table
 * @param estimatedRows by the server's statistics
 * @param estimatedBytes of stored data, by the server's statistics
 * @param properties what the engine needs to read and load it, such as {@code engine} or {@code
 *     versioned}
 */
public record TableDefinition(
    TableName name,
    List<ColumnLayout> columns,
    List<String> key,
    List<Slice> slices,
    long estimatedRows,
    long estimatedBytes,
    Map<String, String> properties) {
  public TableDefinition {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    slices = List.copyOf(slices);
    properties = Map.copyOf(properties);
  }

  /** The same under another name. */
  public TableDefinition named(TableName other) {
    return new TableDefinition(
        other, columns, key, slices, estimatedRows, estimatedBytes, properties);
  }
}
