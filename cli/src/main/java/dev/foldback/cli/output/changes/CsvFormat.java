package dev.foldback.cli.output.changes;

import dev.foldback.core.TableName;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.Transaction;
import java.time.Instant;

/** A record each, under a header. Rows stand in one field as a JSON object. */
final class CsvFormat implements ChangeFormat {
  private final Csv csv;

  CsvFormat(Lines lines, boolean summary) {
    this.csv = new Csv(lines);
    if (summary) {
      csv.write("minute", "schema", "table", "inserts", "updates", "deletes");
    } else {
      csv.write(
          "committed",
          "transaction",
          "place",
          "kind",
          "schema",
          "table",
          "key",
          "before",
          "after",
          "statement");
    }
  }

  @Override
  public void row(Transaction transaction, RowChange change) {
    csv.write(
        transaction.committed().toString(),
        transaction.id(),
        transaction.start().toString(),
        change.kind(),
        change.table().schema(),
        change.table().table(),
        Csv.values(change.key()),
        Csv.values(change.before()),
        Csv.values(change.after()),
        "");
  }

  @Override
  public void statement(Transaction transaction, LoggedStatement statement) {
    csv.write(
        transaction.committed().toString(),
        transaction.id(),
        transaction.start().toString(),
        "statement",
        statement.schema(),
        "",
        "",
        "",
        "",
        statement.sql());
  }

  @Override
  public void counts(Instant minute, TableName table, long inserts, long updates, long deletes) {
    csv.write(
        minute.toString(),
        table.schema(),
        table.table(),
        Long.toString(inserts),
        Long.toString(updates),
        Long.toString(deletes));
  }
}
