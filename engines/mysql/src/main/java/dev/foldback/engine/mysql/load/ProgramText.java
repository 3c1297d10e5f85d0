package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.ddl.ProgramStatement;
import dev.foldback.engine.mysql.ddl.QualifiedNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The statement that creates an object on the target, and the settings to run it under. */
final class ProgramText {
  private static final Set<String> BODIES =
      Set.of("function", "procedure", "package", "package body", "trigger", "event");

  private static final Set<String> COMMENTED = Set.of("function", "procedure", "event");

  private final Flavor flavor;
  private final Renames renames;
  private final Findings findings;

  ProgramText(Flavor flavor, Renames renames, Findings findings) {
    this.flavor = flavor;
    this.renames = renames;
    this.findings = findings;
  }

  String sql(SchemaObject object) {
    String mode = object.context().getOrDefault("sql_mode", "");
    String sql = object.definition();
    if (mode.contains("NO_BACKSLASH_ESCAPES") && COMMENTED.contains(object.kind())) {
      sql = new ProgramStatement(sql, mode).withPlainComment();
    }
    if (!renames.isEmpty()) {
      sql = QualifiedNames.rename(sql, mode, renames);
      if (object.kind().equals(Kind.TRIGGER)) {
        TableName table = renames.table(Kind.table(object));
        sql = new ProgramStatement(sql, mode).triggerOn(table.schema(), object.name(), table);
      }
      warnOfNames(object, sql, mode);
    }
    return object.kind().equals(Kind.EVENT) ? new ProgramStatement(sql, mode).disabledEvent() : sql;
  }

  /** Names in a body are free text: only those quoted and qualified were changed. */
  private void warnOfNames(SchemaObject object, String sql, String mode) {
    if (!BODIES.contains(object.kind())) {
      return;
    }
    ProgramStatement statement = new ProgramStatement(sql, mode);
    for (String schema : renames.schemas().keySet()) {
      if (statement.mentions(schema)) {
        findings.add(
            Finding.warning(
                "old-name-in-body",
                object.label(),
                "still mentions the old schema " + schema + " in its body",
                "Look at its body and change the name where it means the schema."));
      }
    }
  }

  Map<String, String> context(SchemaObject object) {
    Map<String, String> context = new HashMap<>(object.context());
    if (context.containsKey("sql_mode")) {
      context.put("sql_mode", SqlModes.known(flavor, context.get("sql_mode")));
    }
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
