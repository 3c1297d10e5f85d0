package dev.foldback.cli.output.changes;

import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.log.Transaction;
import org.jspecify.annotations.Nullable;

/** Writes each change. */
final class ChangeRows implements ChangeOutput {
  private final ChangeFormat format;
  private final Lines lines;
  private final RowChanges rows;
  private @Nullable Transaction current;

  ChangeRows(ChangeFormat format, Lines lines, DatabaseEngine engine) {
    this.format = format;
    this.lines = lines;
    this.rows = new RowChanges(engine);
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
    format.row(transaction(), rows.insert(table, after));
  }

  @Override
  public void update(TableState table, RowImage before, RowImage after) {
    format.row(transaction(), rows.update(table, before, after));
  }

  @Override
  public void delete(TableState table, RowImage before) {
    format.row(transaction(), rows.delete(table, before));
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
