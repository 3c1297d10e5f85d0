package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.ddl.DdlStatement;
import dev.foldback.engine.mysql.ddl.NextValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which objects the statements of a log may touch: those that they name, what views among these
 * read or call, and what belongs to tables among them. Names are compared generously: one object
 * too many costs an empty copy.
 */
final class StagedParts {
  private static final Set<String> TABLE_LIKE = Set.of(Kind.TABLE, Kind.VIEW, Kind.SEQUENCE);
  private static final Set<String> IN_SCHEMAS =
      Set.of(
          Kind.TABLE,
          Kind.VIEW,
          Kind.SEQUENCE,
          Kind.TRIGGER,
          Kind.EVENT,
          "function",
          "procedure",
          "package",
          "package body",
          "library");

  private final UnaryOperator<String> folded;
  private final Set<TableName> mentioned = new HashSet<>();
  private final List<SchemaObject> parts = new ArrayList<>();

  private StagedParts(boolean ignoreCase) {
    this.folded = ignoreCase ? s -> s.toLowerCase(Locale.ROOT) : UnaryOperator.identity();
  }

  /** In the order of {@code objects}. */
  static List<SchemaObject> of(
      List<SchemaObject> objects, List<DdlStatement> statements, boolean ignoreCase) {
    StagedParts found = new StagedParts(ignoreCase);
    statements.forEach(s -> found.mention(s.mentions()));
    Set<SchemaObject> all = found.close(objects);
    return objects.stream().filter(all::contains).toList();
  }

  private Set<SchemaObject> close(List<SchemaObject> objects) {
    Set<SchemaObject> all = new HashSet<>();
    int before;
    do {
      before = all.size();
      for (SchemaObject object : objects) {
        if (!all.contains(object) && belongs(object)) {
          all.add(object);
          parts.add(object);
          if (object.kind().equals(Kind.VIEW)) {
            mention(DdlStatement.parse(object.definition(), "", object.schema()).mentions());
          }
          if (Kind.isOnTable(object)) {
            mention(Set.of(Kind.table(object)));
          }
          if (object.kind().equals(Kind.TABLE)) {
            mention(NextValues.of(object.definition(), object.schema()));
          }
        }
      }
    } while (all.size() > before);
    return all;
  }

  private boolean belongs(SchemaObject object) {
    if (Kind.isOnTable(object) && isMentioned(Kind.table(object))) {
      return IN_SCHEMAS.contains(object.kind());
    }
    return IN_SCHEMAS.contains(object.kind())
        && (isMentioned(new TableName(object.schema(), object.name()))
            || pointsToMentioned(object));
  }

  /** A table's definition has the names of those that it points to. */
  private boolean pointsToMentioned(SchemaObject object) {
    return object.kind().equals(Kind.TABLE)
        && References.of(object).stream().anyMatch(this::isMentioned);
  }

  static boolean isTableLike(SchemaObject object) {
    return TABLE_LIKE.contains(object.kind());
  }

  private void mention(Set<TableName> names) {
    names.forEach(n -> mentioned.add(fold(n)));
  }

  private boolean isMentioned(TableName name) {
    return mentioned.contains(fold(name));
  }

  private TableName fold(TableName name) {
    return new TableName(folded.apply(name.schema()), folded.apply(name.table()));
  }
}
