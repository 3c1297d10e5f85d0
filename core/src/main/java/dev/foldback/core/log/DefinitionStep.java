package dev.foldback.core.log;

import java.util.List;

/**
 * A statement of the log with what it did to tables.
 *
 * @param changes in order; empty where it touched no table, such as for a view
 */
public record DefinitionStep(LoggedStatement statement, List<TableChange> changes) {
  public DefinitionStep {
    changes = List.copyOf(changes);
  }
}
