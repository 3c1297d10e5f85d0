package dev.foldback.core.log;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
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
   * Loads a table as it was before the step's {@link TableChange.Converted}, to a place of the
   * step's own.
   *
   * @param table as it was then
   */
  void stage(DefinitionStep step, TableState table, RowSource rows);

  /**
   * As {@link #stage} with the rows that an earlier step's conversion left, when nothing changed
   * them since; they are no longer there after.
   *
   * @param old the name that the earlier step left them under
   */
  void restage(DefinitionStep from, TableName old, DefinitionStep step, TableName name);

  /** Runs the step's statement on what was staged for it. */
  void convert(DefinitionStep step);

  /** The rows that the step's conversion left. */
  RowSource converted(DefinitionStep step, TableState table);

  @Override
  void close();
}
