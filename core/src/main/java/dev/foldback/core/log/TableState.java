package dev.foldback.core.log;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;

/**
 * A table as it is between two statements of the log.
 *
 * @param object the statement that creates it
 * @param definition how its rows are laid out
 */
public record TableState(SchemaObject object, TableDefinition definition) {
  public TableName name() {
    return definition.name();
  }
}
