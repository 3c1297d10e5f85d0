package dev.foldback.core.log;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import java.util.Map;

/**
 * Hears what a log says, in the log's order: {@link #begin}, then changes and statements, then
 * {@link #commit} or {@link #rollback}. Changes of a transaction that is prepared first and decided
 * later (XA) are told at the decision. Images are reused: what is kept of one is copied before the
 * call returns. Only what took effect is told: a transaction's changes come when the log says that
 * it committed, and changes that a savepoint took back do not come.
 */
public interface ChangeListener {

  void begin(Transaction transaction);

  /** A row came to be. */
  void insert(TableDefinition table, RowImage after);

  /**
   * A row changed.
   *
   * @param before at least the columns of the key, or all where the table has none
   * @param after what the log left out of it is as before; it holds edits of values only where
   *     {@code before} lacks these
   */
  void update(TableDefinition table, RowImage before, RowImage after);

  /** A row went. */
  void delete(TableDefinition table, RowImage before);

  /**
   * A sequence moved on. Its state holds what a query of all its columns gives, by their names.
   * Nothing else is told of sequences but their DDL.
   */
  default void sequence(TableName name, Map<String, String> state) {}

  /**
   * How foreign keys acted on the changes that follow, up to the next such call or the end of the
   * transaction. Each transaction begins as if true had been said.
   *
   * @param unlogged whether the storage engine may have followed them below the log (CASCADE, SET
   *     NULL), so that the log lacks those changes of other tables; false where foreign keys were
   *     not checked, or where the log holds what they did
   */
  default void cascades(boolean unlogged) {}

  /** DDL, or another statement that the log holds as text. Definitions are asked for anew after. */
  void statement(LoggedStatement statement);

  /**
   * All of the transaction was told.
   *
   * @param end the place after its last byte
   */
  void commit(LogPlace end);

  /** The transaction that began changed nothing; no change of it was told. */
  void rollback(LogPlace end);
}
