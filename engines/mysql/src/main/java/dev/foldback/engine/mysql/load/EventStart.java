package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.ProgramStatement;
import java.sql.SQLException;

/** Lets events run that ran on the source; all of them are made asleep. */
final class EventStart {
  private final ProgramSession session;
  private final ProgramText text;
  private final Findings findings;

  EventStart(ProgramSession session, ProgramText text, Findings findings) {
    this.session = session;
    this.text = text;
    this.findings = findings;
  }

  /** Under the event's own settings and definer: ALTER EVENT would take the session's. */
  void enable(SchemaObject event) {
    if (!"ENABLED".equals(event.context().get(Context.STATUS))) {
      return;
    }
    String mode = event.context().getOrDefault(Context.SQL_MODE, "");
    String definer = new ProgramStatement(event.definition(), mode).definerClause().orElse("");
    TableName target = text.target(event);
    String sql = " EVENT " + Sql.name(target.schema(), target.table()) + " ENABLE";
    try {
      Retry.here(
          "enabling event " + target,
          _ -> {
            session.run(target.schema(), "ALTER " + definer + sql, text.context(event));
            return 0;
          });
    } catch (SQLException e) {
      findings.addMissing(
          Finding.warning(
              "event-not-enabled",
              "event " + target,
              "stays disabled: " + Failures.text(e),
              "ALTER" + sql + ";"));
    }
  }
}
