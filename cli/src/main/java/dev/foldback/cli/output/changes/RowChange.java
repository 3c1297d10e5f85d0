package dev.foldback.cli.output.changes;

import dev.foldback.core.TableName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a row; values by their columns' names, in the columns' order, null for NULL.
 *
 * @param kind {@code insert}, {@code update} or {@code delete}
 * @param key null where the table has none
 * @param before null for an insert; for an update of a table with a key, what changed
 * @param after null for a delete; for an update what changed
 */
record RowChange(
    String kind,
    TableName table,
    @Nullable Map<String, @Nullable String> key,
    @Nullable Map<String, @Nullable String> before,
    @Nullable Map<String, @Nullable String> after) {}
