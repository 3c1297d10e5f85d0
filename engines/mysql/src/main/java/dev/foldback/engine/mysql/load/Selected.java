package dev.foldback.engine.mysql.load;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;

/** Which objects of a snapshot a selection means. */
final class Selected {
  private Selected() {}

  static boolean belongs(SchemaObject object, LoadRequest request) {
    Selection selection = request.selection();
    if (object.kind().equals(Kind.SCHEMA)) {
      return selection.touches(object.name());
    }
    if (object.schema().isEmpty()) {
      return selection.isServerWide();
    }
    return Kind.isOnTable(object)
        ? selection.contains(Kind.table(object))
        : selection.contains(new TableName(object.schema(), object.name()));
  }
}
