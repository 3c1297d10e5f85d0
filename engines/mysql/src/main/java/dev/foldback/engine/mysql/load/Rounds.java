package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.ddl.ProgramStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Creates objects in rounds until none that is left can be created. */
final class Rounds {
  private static final int DEFINER_RIGHT = 1227;

  /** Account, server, tablespace, loadable function. */
  private static final Set<Integer> EXISTS = Set.of(1396, 1476, 1477, 1813, 1125);

  private final ProgramSession session;
  private final ProgramText text;
  private final Findings findings;
  private final Map<SchemaObject, SQLException> failed = new LinkedHashMap<>();

  Rounds(ProgramSession session, ProgramText text, Findings findings) {
    this.session = session;
    this.text = text;
    this.findings = findings;
  }

  /** Tries these, together with all that failed before. */
  void run(List<SchemaObject> objects) {
    List<SchemaObject> open = new ArrayList<>(failed.keySet());
    open.addAll(objects);
    int before;
    do {
      before = open.size();
      open.removeIf(this::made);
    } while (!open.isEmpty() && open.size() < before);
  }

  /** What could not be created so far. */
  Set<SchemaObject> failed() {
    return failed.keySet();
  }

  /** Says of each object that could not be created why. */
  void tellFailed() {
    failed.forEach(this::tell);
  }

  private void tell(SchemaObject object, SQLException e) {
    // Definitions of accounts and servers may hold passwords.
    boolean open = Kind.space(object.kind()) != Kind.Space.ACCOUNT && !object.schema().isEmpty();
    findings.addMissing(
        Finding.warning(
            "not-created",
            object.label(),
            "could not be created: " + (open ? Failures.text(e) : Failures.unquoted(e)),
            "Create it by hand when what it needs is there."
                + (open ? " Its definition: " + object.definition() : "")));
  }

  /** A statement that the account that restores may be the exception of. */
  private boolean isForOthers(SchemaObject object) throws SQLException {
    String unless = object.context().get(Context.UNLESS_ACCOUNT);
    return unless != null
        && List.of(unless.split("\n", -1)).contains(session.db().value("SELECT CURRENT_USER()"));
  }

  private boolean made(SchemaObject object) {
    try {
      Retry.here(
          "creating " + object.label(),
          _ -> {
            create(object);
            return 0;
          });
      failed.remove(object);
      return true;
    } catch (SQLException e) {
      if (EXISTS.contains(e.getErrorCode()) && object.schema().isEmpty()) {
        findings.add(Finding.info("kept", object.label(), "exists on the target and stays"));
        return true;
      }
      failed.put(object, e);
      return false;
    }
  }

  private void create(SchemaObject object) throws SQLException {
    if (isForOthers(object)) {
      return;
    }
    String sql = text.sql(object);
    try {
      session.run(text.schema(object), sql, text.context(object));
      // An event whose last time is past is dropped at once, unless it is to be preserved.
      if (object.kind().equals(Kind.EVENT) && !session.db().has("EVENT", text.target(object))) {
        session.runThen(text.schema(object), sql, text.context(object));
      }
    } catch (SQLException e) {
      ProgramStatement statement =
          new ProgramStatement(sql, object.context().getOrDefault("sql_mode", ""));
      if (e.getErrorCode() != DEFINER_RIGHT || statement.definerClause().isEmpty()) {
        throw e;
      }
      session.run(text.schema(object), statement.withoutDefiner(), text.context(object));
      findings.add(
          Finding.warning(
              "definer-changed",
              object.label(),
              "belongs to the restoring account now, because that may not give it to "
                  + statement.definerClause().get().substring("DEFINER=".length()),
              "Restore with an account that has SET_USER_ID or SET_ANY_DEFINER (MySQL), SET USER"
                  + " (MariaDB) or SUPER."));
    }
  }
}
