package dev.foldback.engine.mysql.load;

import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.ddl.ProgramStatement;
import java.util.Optional;
import java.util.Set;

/** Who a program belongs to. */
final class Definers {
  private static final Set<String> KINDS =
      Set.of(
          "view",
          "function",
          "procedure",
          "package",
          "package body",
          "trigger",
          "event",
          "library");

  private Definers() {}

  /** The definer as {@code 'user'@'host'}. */
  static Optional<String> of(SchemaObject object) {
    if (!KINDS.contains(object.kind())) {
      return Optional.empty();
    }
    return new ProgramStatement(
            object.definition(), object.context().getOrDefault(Context.SQL_MODE, ""))
        .definerAccount()
        .map(parts -> Kind.quote(parts.get(0)) + "@" + Kind.quote(parts.get(1)));
  }
}
