package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.Translation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Views, routines, triggers and events of a swap, and the rights on them. */
final class SwapPrograms {
  /** In an order in which most can be made at once. */
  private static final List<String> KINDS =
      List.of("library", "package", "package body", "function", "procedure", "view", "trigger");

  private final Flavor flavor;
  private final Sessions sessions;
  private final Db db;
  private final Findings findings;
  private final Set<String> collations = new HashSet<>();

  SwapPrograms(Flavor flavor, Sessions sessions, Db db, Findings findings) {
    this.flavor = flavor;
    this.sessions = sessions;
    this.db = db;
    this.findings = findings;
  }

  /** Makes those that are not there. */
  void make(List<SchemaObject> objects, String family) throws SQLException {
    try (Db own = sessions.fresh()) {
      ProgramSession session = new ProgramSession(own, flavor);
      ProgramText text = text(family);
      Rounds rounds = new Rounds(session, text, findings);
      for (String kind : KINDS) {
        List<SchemaObject> open = new ArrayList<>();
        for (SchemaObject object : objects) {
          if (object.kind().equals(kind) && !isThere(object)) {
            open.add(object);
          }
        }
        if (kind.equals(Kind.VIEW)) {
          List<SchemaObject> invalid =
              open.stream().filter(v -> "no".equals(v.context().get(Context.VALID))).toList();
          open.removeAll(new StandIns(session, text).first(invalid, rounds));
          open.removeAll(rounds.failed());
        }
        rounds.run(open);
      }
      List<SchemaObject> events =
          objects.stream().filter(o -> o.kind().equals(Kind.EVENT)).toList();
      for (SchemaObject event : events) {
        if (!isThere(event)) {
          rounds.run(List.of(event));
        }
      }
      rounds.tellFailed();
      EventStart start = new EventStart(session, text, findings);
      events.forEach(start::enable);
    }
  }

  /** A routine that is dropped loses the rights on it; one that is made again gets them again. */
  void grant(Swap swap) throws SQLException {
    List<SchemaObject> grants = new ArrayList<>(swap.wanted());
    grants.addAll(swap.found());
    for (SchemaObject grant : grants) {
      if (grant.kind().equals(RoutineGrants.KIND) && isThere(RoutineGrants.routine(grant))) {
        correct(grant.definition());
      }
    }
  }

  /** Runs a statement that belongs to the swap; where it is refused it is for people to run. */
  void correct(String statement) throws SQLException {
    try {
      db.run(statement);
    } catch (SQLException e) {
      if (ServerErrors.isLost(e)) {
        throw e;
      }
      findings.addMissing(
          Finding.warning(
              "not-corrected",
              "restore in place",
              "a statement that belongs to it was refused: " + Failures.text(e),
              statement + ";"));
    }
  }

  /**
   * MySQL takes the semicolon that parts two statements of a request for the end of a trigger's
   * body. So each is made once more, as the last statement of a request that can't be cut off
   * either.
   */
  void withoutSemicolons(Swap swap) throws SQLException {
    List<SchemaObject> triggers = new ArrayList<>();
    for (SchemaObject trigger : swap.wantedTriggers()) {
      String body =
          db.value(
              "SELECT ACTION_STATEMENT FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA="
                  + Sql.text(trigger.schema())
                  + " AND TRIGGER_NAME="
                  + Sql.text(trigger.name()));
      if (body.stripTrailing().endsWith(";")
          && !trigger.definition().stripTrailing().endsWith(";")) {
        triggers.add(trigger);
      }
    }
    if (triggers.isEmpty()) {
      return;
    }
    ProgramText text = text(swap.family());
    for (SchemaObject trigger : triggers) {
      try (Db batches = sessions.forBatches()) {
        ProgramSession session = new ProgramSession(batches, flavor);
        SwapBatch.trigger(trigger, session, text).send(batches);
      }
    }
  }

  private boolean isThere(SchemaObject object) throws SQLException {
    TableName name = new TableName(object.schema(), object.name());
    return switch (object.kind()) {
      case Kind.VIEW -> db.has("TABLE", name);
      case Kind.EVENT -> db.has("EVENT", name);
      case Kind.TRIGGER -> db.has("TRIGGER", name);
      default ->
          !db.value(
                  "SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA="
                      + Sql.text(name.schema())
                      + " AND ROUTINE_NAME="
                      + Sql.text(name.table())
                      + " AND ROUTINE_TYPE="
                      + Sql.text(object.kind().toUpperCase(java.util.Locale.ROOT)))
              .equals("0");
    };
  }

  /** What makes statements of objects of such a server. */
  ProgramText text(String family) {
    LoadRequest request =
        new LoadRequest(
            "",
            new ServerInfo(family, "", "", Map.of()),
            List.of(),
            List.of(),
            Selection.ALL,
            Selection.ALL,
            Renames.NONE,
            LoadRequest.Existing.SWAP,
            Map.of());
    return new ProgramText(
        flavor, request, () -> Translation.of(family, flavor.family(), collations()));
  }

  private Set<String> collations() {
    if (collations.isEmpty()) {
      try {
        collations.addAll(sessions.with(other -> TargetCollations.read(other, flavor)));
      } catch (SQLException e) {
        throw Failures.of("reading the target's collations", e);
      }
    }
    return collations;
  }
}
