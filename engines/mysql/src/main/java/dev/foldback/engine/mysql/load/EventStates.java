package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.ddl.ProgramStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether events are to run, as statements said: the copies of all of them sleep. */
final class EventStates {
  private final Map<TableName, Boolean> enabled = new HashMap<>();

  /**
   * @param objects as of the snapshot
   */
  EventStates(List<SchemaObject> objects) {
    for (SchemaObject object : objects) {
      if (object.kind().equals(Kind.EVENT)) {
        enabled.put(
            new TableName(object.schema(), object.name()),
            "ENABLED".equals(object.context().get(Context.STATUS)));
      }
    }
  }

  void after(LoggedStatement statement) {
    String mode = statement.context().getOrDefault(Context.SQL_MODE, "");
    ProgramStatement program = new ProgramStatement(statement.sql(), mode);
    program
        .event(statement.schema())
        .ifPresent(
            name -> {
              boolean before = enabled.getOrDefault(name, true);
              boolean now = program.eventState().map(s -> s.equals("ENABLE")).orElse(before);
              enabled.remove(name);
              enabled.put(program.eventRename(statement.schema()).orElse(name), now);
            });
  }

  /** The event as the source has it, from the copy that sleeps; other objects stay. */
  SchemaObject awake(SchemaObject object) {
    boolean on =
        object.kind().equals(Kind.EVENT)
            && enabled.getOrDefault(new TableName(object.schema(), object.name()), false);
    if (!on) {
      return object;
    }
    Map<String, String> context = new HashMap<>(object.context());
    context.put(Context.STATUS, "ENABLED");
    String mode = context.getOrDefault(Context.SQL_MODE, "");
    return new SchemaObject(
        object.kind(),
        object.schema(),
        object.name(),
        new ProgramStatement(object.definition(), mode).wokenEvent(),
        context);
  }
}
