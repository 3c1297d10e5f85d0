package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Creates what may refer to tables. Accounts come first without rights, because programs name them
 * as definers; then programs, each under its own settings; then rights. What fails is tried again
 * after the others until a round brings nothing new: that settles any order among views, triggers
 * and rights. What still fails is said, and the restore goes on.
 */
final class ProgramMaker {
  private static final Set<String> BEFORE_TABLES =
      Set.of(Kind.SCHEMA, Kind.TABLESPACE, Kind.REFERENCE_SYSTEM, Kind.SERVER);
  private static final Set<String> ACCOUNTS = Set.of(Kind.USER, Kind.ROLE);
  private static final List<String> PROGRAMS =
      List.of(
          "loadable function",
          "library",
          "package",
          "package body",
          "function",
          "procedure",
          "view",
          "trigger");

  private final Flavor flavor;
  private final Sessions sessions;
  private final LoadPlan plan;
  private final Renames renames;
  private final TableMaker tables;
  private final Findings findings;
  private final ProgramText text;

  ProgramMaker(
      Flavor flavor, Sessions sessions, LoadPlan plan, TableMaker tables, Findings findings) {
    this.flavor = flavor;
    this.sessions = sessions;
    this.plan = plan;
    this.renames = plan.request().renames();
    this.tables = tables;
    this.findings = findings;
    this.text = new ProgramText(flavor, plan.request(), tables::translation);
  }

  void create() {
    try (Db db = sessions.fresh()) {
      ProgramSession session = new ProgramSession(db, flavor);
      foreignKeys(db);
      Rounds rounds = new Rounds(session, text, findings);
      rounds.run(of(ACCOUNTS));
      for (String kind : PROGRAMS) {
        List<SchemaObject> objects = new ArrayList<>(of(Set.of(kind)));
        objects.removeAll(tables.madeFirst());
        rounds.run(objects);
      }
      rounds.run(of(Set.of(Kind.EVENT)));
      rounds.run(rest());
      new StandIns(session, text).run(rounds);
      for (SchemaObject sequence : of(Set.of(Kind.SEQUENCE))) {
        new SequenceState(db, findings)
            .set(sequence, renames.table(new TableName(sequence.schema(), sequence.name())));
      }
      for (SchemaObject schema : of(Set.of(Kind.SCHEMA))) {
        if (!flavor.mariaDb() && "yes".equals(schema.context().get("read_only"))) {
          db.run("ALTER DATABASE " + Sql.name(renames.schema(schema.name())) + " READ ONLY=1");
        }
      }
    } catch (SQLException e) {
      throw Failures.of("creating programs", e);
    }
  }

  private void foreignKeys(Db db) {
    for (TableName table : tables.names()) {
      tables
          .foreignKeys(table)
          .ifPresent(
              sql -> {
                try {
                  Retry.here(
                      "adding the foreign keys of " + tables.target(table),
                      _ -> {
                        db.use(tables.target(table).schema());
                        db.run(sql);
                        return 0;
                      });
                } catch (SQLException e) {
                  if (!ForeignKeyNames.exist(db, tables.target(table))) {
                    foreignKeyFailed(table, e);
                  }
                }
              });
    }
  }

  private void foreignKeyFailed(TableName table, SQLException e) {
    findings.addMissing(
        Finding.warning(
            "foreign-keys-missing",
            "table " + tables.target(table),
            "could not get its foreign keys: " + Failures.text(e),
            "Add them by hand when their parent tables are there: see SHOW CREATE TABLE in the"
                + " backup."));
  }

  /** Histograms, rights, default roles and kinds that need no order of their own. */
  private List<SchemaObject> rest() {
    List<SchemaObject> rest = new ArrayList<>();
    for (SchemaObject object : plan.objects()) {
      boolean other = Kind.space(object.kind()) == Kind.Space.OTHER;
      boolean done = BEFORE_TABLES.contains(object.kind()) || PROGRAMS.contains(object.kind());
      if (other && !done) {
        rest.add(object);
      }
    }
    return rest;
  }

  private List<SchemaObject> of(Set<String> kinds) {
    return plan.objects().stream().filter(o -> kinds.contains(o.kind())).toList();
  }

  /** Events that ran on the source run from now on. */
  void goLive() {
    try (Db db = sessions.fresh()) {
      EventStart start = new EventStart(new ProgramSession(db, flavor), text, findings);
      of(Set.of(Kind.EVENT)).forEach(start::enable);
    } catch (SQLException e) {
      throw Failures.of("enabling events", e);
    }
  }
}
