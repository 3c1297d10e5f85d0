package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.ddl.NameRewriter;
import dev.foldback.engine.mysql.ddl.ProgramStatement;
import dev.foldback.engine.mysql.ddl.QualifiedNames;
import dev.foldback.engine.mysql.ddl.Translation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The statement that creates an object on the target, and the settings to run it under. */
final class ProgramText {
  private static final Set<String> ROUTINES = Set.of("function", "procedure");

  private static final Set<String> COMMENTED = Set.of("function", "procedure", "event");

  private final Flavor flavor;
  private final Renames renames;
  private final NameRewriter names;
  private final Supplier<Translation> translation;

  ProgramText(Flavor flavor, LoadRequest request, Supplier<Translation> translation) {
    this.translation = translation;
    this.flavor = flavor;
    this.renames = request.renames();
    this.names =
        new NameRewriter(
            renames,
            names(request, o -> Kind.space(o.kind()) == Kind.Space.TABLE),
            names(request, o -> ROUTINES.contains(o.kind())));
  }

  private static Set<TableName> names(LoadRequest request, Predicate<SchemaObject> kind) {
    return request.objects().stream()
        .filter(kind)
        .map(o -> new TableName(o.schema(), o.name()))
        .collect(Collectors.toSet());
  }

  String sql(SchemaObject object) {
    String mode = object.context().getOrDefault("sql_mode", "");
    String sql = object.definition();
    if (mode.contains("NO_BACKSLASH_ESCAPES") && COMMENTED.contains(object.kind())) {
      sql = new ProgramStatement(sql, mode).withPlainComment();
    }
    if (!renames.isEmpty()) {
      sql = renamed(object, sql, mode).sql();
      if (object.kind().equals(Kind.TRIGGER)) {
        TableName table = renames.table(Kind.table(object));
        sql = new ProgramStatement(sql, mode).triggerOn(table.schema(), object.name(), table);
      }
    }
    if (!object.schema().isEmpty()) {
      sql = translation.get().collations(sql, mode);
    }
    if (!object.kind().equals(Kind.EVENT)) {
      return sql;
    }
    if (mode.contains("HIGH_NOT_PRECEDENCE")) {
      sql = new ProgramStatement(sql, mode).withoutNotPreserve();
    }
    return new ProgramStatement(sql, mode).disabledEvent();
  }

  /** What of the object still goes by an old name after a rename, in words. */
  List<String> left(SchemaObject object) {
    String mode = object.context().getOrDefault("sql_mode", "");
    return renames.isEmpty() ? List.of() : renamed(object, object.definition(), mode).left();
  }

  private NameRewriter.Rewritten renamed(SchemaObject object, String sql, String mode) {
    boolean program =
        Kind.space(object.kind()) == Kind.Space.PROGRAM || object.kind().equals(Kind.VIEW);
    return program
        ? names.rewrite(sql, mode, object.schema(), target(object).schema())
        : new NameRewriter.Rewritten(QualifiedNames.rename(sql, mode, renames), List.of());
  }

  Map<String, String> context(SchemaObject object) {
    Map<String, String> context = new HashMap<>(object.context());
    if (context.containsKey("sql_mode")) {
      context.put("sql_mode", SqlModes.known(flavor, context.get("sql_mode")));
    }
    context.computeIfPresent(
        "collation_connection", (key, name) -> translation.get().nearest(name));
    context.computeIfPresent("database_collation", (key, name) -> translation.get().nearest(name));
    return context;
  }

  TableName target(SchemaObject object) {
    return Kind.target(object, renames);
  }

  /** Where the statement is to run. */
  String schema(SchemaObject object) {
    return object.schema().isEmpty() ? "" : Kind.target(object, renames).schema();
  }
}
