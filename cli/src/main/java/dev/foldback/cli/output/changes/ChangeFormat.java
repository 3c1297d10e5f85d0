package dev.foldback.cli.output.changes;

import dev.foldback.core.TableName;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.Transaction;
import java.time.Instant;

/** How changes are written. */
interface ChangeFormat {

  /** Comes before the changes of a transaction. */
  default void begin(Transaction transaction) {}

  void row(Transaction transaction, RowChange change);

  void statement(Transaction transaction, LoggedStatement statement);

  /** The changes of a table in a minute. */
  void counts(Instant minute, TableName table, long inserts, long updates, long deletes);
}
