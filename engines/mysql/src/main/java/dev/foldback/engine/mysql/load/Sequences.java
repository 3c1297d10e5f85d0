package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.ddl.DdlStatement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which names stand for sequences while a log goes on: statements about tables may name them. */
final class Sequences {
  private final Set<TableName> names = new HashSet<>();

  Sequences(List<SchemaObject> objects) {
    objects.stream()
        .filter(o -> o.kind().equals(Kind.SEQUENCE))
        .forEach(o -> names.add(new TableName(o.schema(), o.name())));
  }

  /** Those that the next statement touches: renamed, or else set anew or dropped. */
  Map<TableName, Optional<TableName>> touched(DdlStatement statement) {
    Map<TableName, Optional<TableName>> touched = new HashMap<>();
    switch (statement.kind()) {
      case SEQUENCE -> {
        statement.names().forEach(n -> touched.put(n, Optional.empty()));
        names.addAll(statement.names());
      }
      case DROP_SCHEMA -> {
        String schema = statement.names().getFirst().schema();
        names.stream()
            .filter(n -> n.schema().equals(schema))
            .forEach(n -> touched.put(n, Optional.empty()));
      }
      case DROP_TABLE ->
          statement.names().stream()
              .filter(names::contains)
              .forEach(n -> touched.put(n, Optional.empty()));
      case RENAME_TABLE, ALTER_TABLE -> {
        for (int i = 0; i < statement.targets().size(); i++) {
          if (names.contains(statement.names().get(i))) {
            touched.put(statement.names().get(i), Optional.of(statement.targets().get(i)));
          }
        }
        touched.values().forEach(n -> n.ifPresent(names::add));
      }
      default -> {}
    }
    return touched;
  }
}
