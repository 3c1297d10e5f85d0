package dev.foldback.engine.mysql.load;

import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.log.LoggedStatement;
import java.util.ArrayList;
import java.util.List;

/**
 * Triggers as clients wrote them: the server keeps a trigger's whole text, and copies have other
 * names in theirs.
 */
final class TriggerTexts {
  private final List<String> texts = new ArrayList<>();

  void after(LoggedStatement statement) {
    texts.add(statement.sql());
  }

  /** A trigger in the words of the statement that made it, where that names just the same. */
  SchemaObject asWritten(SchemaObject object) {
    if (!object.kind().equals(Kind.TRIGGER)) {
      return object;
    }
    String plain = plain(object.definition());
    for (String text : texts.reversed()) {
      if (plain(text).equals(plain)) {
        return new SchemaObject(
            object.kind(), object.schema(), object.name(), text, object.context());
      }
    }
    return object;
  }

  private static String plain(String text) {
    return text.replace("`", "");
  }
}
