package dev.foldback.core.log;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table as it is between two statements of the log.
 *
 * @param object the statement that creates it
 * @param definition how its rows are laid out
 */
public record TableState(SchemaObject object, TableDefinition definition) {
  /** Each table with the statement that creates it; those without one are left out. */
  public static List<TableState> of(
      Collection<SchemaObject> objects, Collection<TableDefinition> tables) {
    Map<TableName, SchemaObject> created =
        objects.stream()
            .filter(o -> o.kind().equals("table"))
            .collect(Collectors.toMap(o -> new TableName(o.schema(), o.name()), o -> o));
    List<TableState> states = new ArrayList<>();
    for (TableDefinition table : tables) {
      SchemaObject object = created.get(table.name());
      if (object != null) {
        states.add(new TableState(object, table));
      }
    }
    return states;
  }

  public TableName name() {
    return definition.name();
  }
}
