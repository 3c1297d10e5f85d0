package dev.foldback.core.log;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import java.util.List;

/**
 * What the statements of a stretch of log did to a source's objects. It comes from running them on
 * empty copies in schemas of their own on a server, which {@link #close} removes.
 */
public interface DefinitionHistory extends AutoCloseable {

  /** One for each statement, in the log's order. */
  List<DefinitionStep> steps();

  /** Every object after the last statement, in an order in which they can be created. */
  List<SchemaObject> objects();

  /** Every table after the last statement. */
  List<TableDefinition> tables();

  /** What could not be followed, and what that means; an ERROR forbids going on. */
  List<Finding> findings();

  /**
   * Loads a table as it was before a {@link TableChange.Converted}, to a place of its own.
   *
   * @param table as it was then
   */
  void stage(TableState table, RowSource rows);

  /** Runs the step's statement on what was staged. */
  void convert(DefinitionStep step);

  /** The rows that a conversion left; open until it is staged again or {@link #close}. */
  RowSource converted(TableState table);

  @Override
  void close();
}
