package dev.foldback.core.engine;

import dev.foldback.core.Finding;
import dev.foldback.core.frame.RowSink;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * A restore under way. The calls come in this order: {@link #createTables}, then {@link #load} for
 * every table, {@link #buildIndexes} for a table once it is loaded, {@link #createPrograms}, {@link
 * #read} for comparison, {@link #complete} or, where rows differ, {@link #again}. Table definitions
 * carry their old names throughout; the session maps them.
 */
public interface LoadSession extends AutoCloseable {

  /**
   * Schemas, sequences, and tables with just the keys that loading needs. Fails with {@code
   * TARGET_NOT_EMPTY}, before the first write, where the target holds something that the plan did
   * not see and that this restore did not make.
   */
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

  /**
   * Reads a slice of a restored table exactly as the source was read. Safe for several threads.
   *
   * @param sinks gives a new sink for each try: after a passing failure the slice is read from its
   *     beginning. The last one given has all rows
   * @return how many rows
   */
  long read(TableDefinition table, Slice slice, Supplier<? extends RowSink> sinks);

  /**
   * Notes that these tables are not as they should be: the next run of the same restore makes them
   * anew. The restore stays unfinished.
   */
  void again(Collection<TableDefinition> tables);

  /** Ends the restore: events go live, the note of the restore on the target is removed. */
  void complete();

  /** What the work found, so far. */
  List<Finding> findings();

  /** Those of the findings that say what should be on the target and is not. */
  List<Finding> missing();

  /** Ends the connections. Before {@link #complete} the target keeps what it takes to resume. */
  @Override
  void close();
}
