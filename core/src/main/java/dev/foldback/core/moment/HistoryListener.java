package dev.foldback.core.moment;

import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.log.Transaction;
import java.util.Collection;

/**
 * Hears what happened to a source, in the log's order: {@link #begin}, what the transaction did,
 * {@link #commit}. Transactions that did nothing that was asked for do not come. Images are reused.
 */
public interface HistoryListener {

  /**
   * Comes once, before everything else, if there is anything to tell.
   *
   * @param tables as they are then
   */
  default void tables(Collection<TableState> tables) {}

  void begin(Transaction transaction);

  void insert(TableState table, RowImage after);

  /**
   * A row changed.
   *
   * @param before at least the columns of the key, or all where the table has none
   * @param after what the log left out of it is as before; it holds edits of values only where
   *     {@code before} lacks these
   */
  void update(TableState table, RowImage before, RowImage after);

  void delete(TableState table, RowImage before);

  /** DDL, or another statement that the log holds as text. */
  void statement(LoggedStatement statement);

  /** As {@link dev.foldback.core.log.ChangeListener#cascades}. */
  default void cascades(boolean unlogged) {}

  /**
   * All of the transaction was told.
   *
   * @param end the place after its last byte
   */
  void commit(LogPlace end);
}
