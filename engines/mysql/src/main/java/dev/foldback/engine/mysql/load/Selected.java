package dev.foldback.engine.mysql.load;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;

/** Which objects of a snapshot a selection means. */
final class Selected {
  private Selected() {}

  /** Whether a selected table can't be made without it. */
  private static boolean isNeeded(SchemaObject object, LoadRequest request) {
    String clause =
        switch (object.kind()) {
          case Kind.TABLESPACE -> "TABLESPACE " + Sql.name(object.name());
          case Kind.REFERENCE_SYSTEM -> "SRID " + object.name() + " ";
          default -> "";
        };
    return !clause.isEmpty()
        && request.objects().stream()
            .anyMatch(
                o ->
                    o.kind().equals(Kind.TABLE)
                        && request.selection().contains(new TableName(o.schema(), o.name()))
                        && o.definition().contains(clause));
  }

  static boolean belongs(SchemaObject object, LoadRequest request) {
    Selection selection = request.selection();
    if (object.kind().equals(Kind.SCHEMA)) {
      return selection.touches(object.name());
    }
    if (object.schema().isEmpty()) {
      return selection.isServerWide() || isNeeded(object, request);
    }
    return Kind.isOnTable(object)
        ? selection.contains(Kind.table(object))
        : selection.contains(new TableName(object.schema(), object.name()));
  }
}
