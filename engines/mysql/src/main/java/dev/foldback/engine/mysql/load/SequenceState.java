package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Sets MariaDB's sequences to where they stood. */
final class SequenceState {
  private static final List<String> COLUMNS =
      List.of(
          "next_not_cached_value",
          "minimum_value",
          "maximum_value",
          "start_value",
          "increment",
          "cache_size",
          "cycle_option",
          "cycle_count");

  private final Db db;
  private final Findings findings;

  SequenceState(Db db, Findings findings) {
    this.db = db;
    this.findings = findings;
  }

  /** A sequence takes one INSERT as its whole state. */
  void set(SchemaObject sequence, TableName target) {
    Map<String, String> state = sequence.context();
    if (!state.keySet().containsAll(COLUMNS)) {
      return;
    }
    String values =
        String.join(",", COLUMNS.stream().map(c -> number(state.getOrDefault(c, ""))).toList());
    try {
      String name = Sql.name(target.schema(), target.table());
      Retry.here(
          "setting sequence " + target,
          _ -> {
            db.run("INSERT INTO " + name + " VALUES (" + values + ")");
            return 0;
          });
    } catch (SQLException e) {
      findings.addMissing(
          Finding.warning(
              "sequence-state",
              "sequence " + target,
              "does not stand where it stood: " + Failures.text(e),
              "SELECT SETVAL("
                  + Sql.name(target.schema(), target.table())
                  + ", "
                  + state.get("next_not_cached_value")
                  + ", 0, "
                  + state.get("cycle_count")
                  + ");"));
    }
  }

  /** Only digits reach the statement. */
  private static String number(String value) {
    return Long.toString(
        switch (value) {
          case "true" -> 1;
          case "false", "" -> 0;
          default -> Long.parseLong(value);
        });
  }
}
