package dev.foldback.cli.output.changes;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.RowValues;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.log.Transaction;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Writes each change. */
final class ChangeRows implements ChangeOutput {
  private final ChangeFormat format;
  private final Lines lines;
  private final DatabaseEngine engine;
  private final IdentityHashMap<TableState, RowValues> values = new IdentityHashMap<>();
  private @Nullable Transaction current;

  ChangeRows(ChangeFormat format, Lines lines, DatabaseEngine engine) {
    this.format = format;
    this.lines = lines;
    this.engine = engine;
  }

  @Override
  public void begin(Transaction transaction) {
    current = transaction;
    format.begin(transaction);
  }

  private Transaction transaction() {
    if (current == null) {
      throw new IllegalStateException("a change outside of a transaction");
    }
    return current;
  }

  @Override
  public void insert(TableState table, RowImage after) {
    write("insert", table, key(table, after), null, values(table, after, c -> true));
  }

  @Override
  public void update(TableState table, RowImage before, RowImage after) {
    IntPredicate changed = c -> !after.absent[c] && (before.absent[c] || !before.hasSame(c, after));
    boolean keyed = !table.definition().key().isEmpty();
    write(
        "update",
        table,
        key(table, before),
        values(table, before, keyed ? changed : c -> true),
        values(table, after, changed));
  }

  @Override
  public void delete(TableState table, RowImage before) {
    write("delete", table, key(table, before), values(table, before, c -> true), null);
  }

  private void write(
      String kind,
      TableState table,
      @Nullable Map<String, @Nullable String> key,
      @Nullable Map<String, @Nullable String> before,
      @Nullable Map<String, @Nullable String> after) {
    format.row(transaction(), new RowChange(kind, table.name(), key, before, after));
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

  @Override
  public void statement(LoggedStatement statement) {
    format.statement(transaction(), statement);
  }

  @Override
  public void commit(LogPlace end) {}

  @Override
  public void end() {
    lines.flush();
  }
}
