package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.ddl.TableStatement;
import java.util.List;

/** The tables that a table's foreign keys point to. */
final class References {
  private References() {}

  static List<TableName> of(SchemaObject table) {
    if (!table.definition().contains("REFERENCES")) {
      return List.of();
    }
    return TableStatement.parse(table.definition()).references().stream()
        .map(r -> new TableName(r[0].isEmpty() ? table.schema() : r[0], r[1]))
        .toList();
  }
}
