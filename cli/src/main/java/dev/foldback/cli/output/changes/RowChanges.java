package dev.foldback.cli.output.changes;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.RowValues;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Makes values of images. */
final class RowChanges {
  private final DatabaseEngine engine;
  private final IdentityHashMap<TableState, RowValues> values = new IdentityHashMap<>();

  RowChanges(DatabaseEngine engine) {
    this.engine = engine;
  }

  RowChange insert(TableState table, RowImage after) {
    return new RowChange(
        "insert", table.name(), key(table, after), null, values(table, after, c -> true));
  }

  RowChange update(TableState table, RowImage before, RowImage after) {
    IntPredicate changed = c -> !after.absent[c] && (before.absent[c] || !before.hasSame(c, after));
    boolean keyed = !table.definition().key().isEmpty();
    return new RowChange(
        "update",
        table.name(),
        key(table, before),
        values(table, before, keyed ? changed : c -> true),
        values(table, after, changed));
  }

  RowChange delete(TableState table, RowImage before) {
    return new RowChange(
        "delete", table.name(), key(table, before), values(table, before, c -> true), null);
  }

  private @Nullable Map<String, @Nullable String> key(TableState table, RowImage row) {
    List<String> key = table.definition().key();
    List<ColumnLayout> columns = table.definition().columns();
    return key.isEmpty() ? null : values(table, row, c -> key.contains(columns.get(c).name()));
  }

  private Map<String, @Nullable String> values(
      TableState table, RowImage row, IntPredicate wanted) {
    RowValues texts = values.computeIfAbsent(table, engine::values);
    List<ColumnLayout> columns = table.definition().columns();
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!row.absent[i] && wanted.test(i)) {
        named.put(columns.get(i).name(), texts.text(row, i));
      }
    }
    return named;
  }
}
