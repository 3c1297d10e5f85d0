package dev.foldback.core.log;

import dev.foldback.core.engine.TableDefinition;

/**
 * Hears what a log says, in the log's order: {@link #begin}, then changes and statements, then
 * {@link #commit} or {@link #rollback}. Changes of a transaction that is prepared first and decided
 * later (XA) are told at the decision. Images are reused: what is kept of one is copied before the
 * call returns.
 */
public interface ChangeListener {

  void begin(Transaction transaction);

  /** A row came to be. */
  void insert(TableDefinition table, RowImage after);

  /**
   * A row changed.
   *
   * @param before at least the columns of the key, or all where the table has none
   * @param after what the log left out of it is as before
   */
  void update(TableDefinition table, RowImage before, RowImage after);

  /** A row went. */
  void delete(TableDefinition table, RowImage before);

  /** DDL, or another statement that the log holds as text. Definitions are asked for anew after. */
  void statement(LoggedStatement statement);

  /**
   * All of the transaction was told.
   *
   * @param end the place after its last byte
   */
  void commit(LogPlace end);

  /** The transaction that began changed nothing. */
  void rollback(LogPlace end);
}
