package dev.foldback.core.engine;

import dev.foldback.core.Finding;
import dev.foldback.core.frame.RowSink;
import java.util.List;

/**
 * A restore under way. The calls come in this order: {@link #createTables}, then {@link #load} for
 * every table, {@link #buildIndexes} for a table once it is loaded, {@link #createPrograms}, {@link
 * #read} for comparison, {@link #complete}. Table definitions carry their old names throughout; the
 * session maps them.
 */
public interface LoadSession extends AutoCloseable {

  /** Schemas, sequences, and tables with just the keys that loading needs. */
  void createTables();

  /**
   * Loads a table's rows. Safe for several tables at once, up to the number of threads. A passing
   * failure is tried again from a fresh, empty table, so no row is ever loaded twice.
   */
  void load(TableDefinition table, RowSource rows);

  /** The table's other indexes. Safe for several tables at once. */
  void buildIndexes(TableDefinition table);

  /** Foreign keys, views, routines, triggers, accounts and what else may refer to tables. */
  void createPrograms();

  /** Reads a slice of a restored table exactly as the source was read. Safe for several threads. */
  long read(TableDefinition table, Slice slice, RowSink sink);

  /** Ends the restore: events go live, the note of the restore on the target is removed. */
  void complete();

  /** What the work found, so far. */
  List<Finding> findings();

  /** Ends the connections. Before {@link #complete} the target keeps what it takes to resume. */
  @Override
  void close();
}
