package dev.foldback.core.log;

import dev.foldback.core.TableName;
import java.util.List;

/** What a statement of the log did to a table. */
public sealed interface TableChange {

  /** It came to be, empty. */
  record Created(TableState table) implements TableChange {}

  /** It is no more. */
  record Dropped(TableName name) implements TableChange {}

  /** All its rows went. */
  record Emptied(TableName name) implements TableChange {}

  /**
   * It has another name or definition; its rows are in the same bytes as before.
   *
   * @param from the name it had
   */
  record Redefined(TableName from, TableState table) implements TableChange {}

  /**
   * Rows became others in a way that only the server knows, such as a column's new type or an
   * exchanged partition.
   *
   * @param before the tables whose rows the statement works on
   * @param after those that hold the outcome
   */
  record Converted(List<TableName> before, List<TableState> after) implements TableChange {
    public Converted {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }
}
