package dev.foldback.core.log;

import dev.foldback.core.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement of the log with what it did to tables and sequences.
 *
 * @param changes in order; empty where it touched no table, such as for a view
 * @param sequences those that it touched by their names before: with the new name where it gave
 *     one, without where it set the sequence anew or dropped it
 */
public record DefinitionStep(
    LoggedStatement statement,
    List<TableChange> changes,
    Map<TableName, Optional<TableName>> sequences) {
  public DefinitionStep {
    changes = List.copyOf(changes);
    sequences = Map.copyOf(sequences);
  }
}
