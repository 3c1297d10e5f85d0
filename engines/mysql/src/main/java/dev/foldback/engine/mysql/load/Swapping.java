package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.catalog.OwnSchemas;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.SchemaStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes tables change places. Everything is noted first; then one request renames all tables at
 * once; then programs follow. Whoever finds a note that was not brought to its end looks at the
 * tables: have they changed places, the rest is done; have they not, what was dropped is made
 * again. To be used under the restore's lock.
 */
final class Swapping {
  /** Held by the connection that the request runs on, so that it can be waited for. */
  private static final String UNDER_WAY = "'foldback_swap'";

  private static final int LOCK_WAIT = 1205;
  private static final int WAIT_SECONDS = 5;
  private static final int TRIES = 6;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Flavor flavor;
  private final Sessions sessions;
  private final Db db;
  private final Findings findings;
  private final SwapPrograms programs;

  /**
   * @param db of the restore's lock
   */
  Swapping(Flavor flavor, Sessions sessions, Db db, Findings findings) {
    this.flavor = flavor;
    this.sessions = sessions;
    this.db = db;
    this.findings = findings;
    this.programs = new SwapPrograms(flavor, sessions, db, findings);
  }

  /** Does it. Where it fails, everything is as it was, or as it is to be, and noted. */
  void run(Swap swap) throws SQLException {
    boolean again = SwapNote.find(db, swap.id()).isPresent();
    if (again && settle(swap)) {
      return;
    }
    SQLException failure = null;
    for (int i = 0; i < TRIES; i++) {
      createSchemas(swap);
      SwapNote.begin(db, swap);
      failure = request(swap);
      if (settle(swap)) {
        return;
      }
      if (failure == null || failure.getErrorCode() != LOCK_WAIT) {
        throw notSwapped(failure);
      }
      // Whoever came after the waiting request waits for it too: let them through.
      pause();
    }
    throw notSwapped(failure);
  }

  /** How it failed, if it did. */
  private @Nullable SQLException request(Swap swap) {
    try (Db batches = sessions.forBatches()) {
      batches.value("SELECT GET_LOCK(" + UNDER_WAY + ", 0)");
      ProgramSession session = new ProgramSession(batches, flavor);
      batches.run("SET SESSION lock_wait_timeout=" + WAIT_SECONDS);
      SwapBatch.of(swap, flavor, session, programs.text(swap.family())).send(batches);
      return null;
    } catch (SQLException e) {
      return e;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED,
          "stopped before the tables changed places; what was there is there as before",
          "Run the same command again: what is loaded stays loaded.",
          e);
    }
  }

  private void createSchemas(Swap swap) throws SQLException {
    for (String schema : swap.keptSchemas()) {
      db.run("CREATE DATABASE IF NOT EXISTS " + Sql.name(schema));
    }
    for (SchemaObject schema : swap.wantedSchemas()) {
      db.run(SchemaStatement.ifAbsent(definition(schema, swap.family()), schema.name()));
    }
    for (Swap.Move move : swap.in()) {
      db.run("CREATE DATABASE IF NOT EXISTS " + Sql.name(move.to().schema()));
    }
  }

  private String definition(SchemaObject schema, String family) {
    String sql = programs.text(family).sql(schema);
    return flavor.mariaDb() ? sql : SchemaStatement.withoutComment(sql);
  }

  private static FoldbackException notSwapped(@Nullable SQLException e) {
    if (e != null && e.getErrorCode() == LOCK_WAIT) {
      return new FoldbackException(
          ErrorCode.LOCK_NOT_GRANTED,
          "the tables could not change places, as they are in use: tried "
              + TRIES
              + " times for "
              + WAIT_SECONDS
              + " s each; what was there is there as before",
          "End the long transactions that use them and run the same command again: what is loaded"
              + " stays loaded.",
          e);
    }
    if (e != null) {
      return Failures.of("changing the tables' places; what was there is there as before", e);
    }
    return new FoldbackException(
        ErrorCode.STATEMENT_FAILED,
        "the tables did not change places; what was there is there as before",
        "Run the same command again: what is loaded stays loaded.");
  }

  /**
   * Brings swaps that were cut off to an end, one way or the other.
   *
   * @return what those that are complete now were the end of
   */
  static Set<String> settleAll(Flavor flavor, Sessions sessions, Db db, Findings findings)
      throws SQLException {
    Set<String> ended = new HashSet<>();
    for (SwapNote note : SwapNote.all(db)) {
      if (note.state() == SwapNote.State.BEGUN) {
        boolean done = new Swapping(flavor, sessions, db, findings).settle(note.swap());
        if (done) {
          ended.add(note.swap().ends());
        }
        findings.add(
            Finding.warning(
                "swap-settled",
                note.swap().what(),
                done
                    ? "an earlier run was cut off while tables changed places; it is complete now"
                    : "an earlier run was cut off before tables changed places; nothing of what was"
                        + " there is changed",
                done ? "See 'foldback release' for what is kept." : ""));
      }
    }
    new Swapping(flavor, sessions, db, findings).dropUnnoted();
    return ended;
  }

  /** Those of a run that was killed before it had noted anything. */
  private void dropUnnoted() throws SQLException {
    Set<String> noted = new HashSet<>();
    for (SwapNote note : SwapNote.all(db)) {
      noted.addAll(note.swap().keptSchemas());
    }
    for (String schema : db.column("SHOW DATABASES LIKE 'foldback\\_kept\\_%'")) {
      if (!noted.contains(schema)) {
        dropEmpty(schema);
      }
    }
    SwapNote.tidy(db);
  }

  /** Whether the tables have changed places; then the rest is done, else what was is made again. */
  private boolean settle(Swap swap) throws SQLException {
    // The server may still be at an earlier run's request, whose client is gone.
    if (!db.value("SELECT GET_LOCK(" + UNDER_WAY + ", " + 10 * WAIT_SECONDS + ")").equals("1")) {
      throw new FoldbackException(
          ErrorCode.LEASE_HELD,
          "the server is still about to let tables change places for an earlier run",
          "Wait a minute, or end the transactions that it waits for; then run the same command"
              + " again.");
    }
    try {
      return settled(swap);
    } finally {
      db.value("SELECT RELEASE_LOCK(" + UNDER_WAY + ")");
    }
  }

  private boolean settled(Swap swap) throws SQLException {
    if (hasHappened(swap)) {
      forward(swap);
      return true;
    }
    programs.make(
        swap.found().stream().filter(o -> isGoneEarly(swap, o)).toList(), flavor.family());
    for (Swap.Link link : swap.links()) {
      link(link);
    }
    SwapNote.remove(db, swap.id());
    swap.keptSchemas().forEach(this::dropEmpty);
    return false;
  }

  /** All tables that are renamed together change places or none, so one tells. */
  private boolean hasHappened(Swap swap) throws SQLException {
    if (swap.moves().isEmpty()) {
      return true;
    }
    Swap.Move one =
        swap.moves().stream().filter(m -> !m.apart()).findFirst().orElse(swap.moves().getFirst());
    return isDone(one);
  }

  private boolean isDone(Swap.Move move) throws SQLException {
    // Another table may have come to where the first of a pair was.
    boolean aside = move.to().schema().startsWith(OwnSchemas.KEPT + "_");
    return aside ? db.has("TABLE", move.to()) : !db.has("TABLE", move.from());
  }

  /** What the request dropped before it renamed. */
  private static boolean isGoneEarly(Swap swap, SchemaObject object) {
    return object.kind().equals(Kind.TRIGGER) || swap.viewsInTheWay().contains(object);
  }

  private void forward(Swap swap) throws SQLException {
    for (Swap.Move move : swap.moves()) {
      if (move.apart() && !isDone(move)) {
        db.run(move.rename());
      }
    }
    for (SchemaObject object : swap.found()) {
      if (SwapBuilder.isProgram(object) && !isGoneEarly(swap, object)) {
        db.run(Swap.drop(object));
      }
    }
    for (String correction : swap.corrections()) {
      programs.correct(correction);
    }
    programs.make(swap.wanted(), swap.family());
    programs.grant(swap);
    if (!flavor.mariaDb()) {
      programs.withoutSemicolons(swap);
    }
    // Only now: triggers were made under the collation that the schema had.
    for (SchemaObject schema : swap.wantedSchemas()) {
      alter(schema, swap.family());
      if (!flavor.mariaDb() && "yes".equals(schema.context().get(Context.READ_ONLY))) {
        db.run("ALTER DATABASE " + Sql.name(schema.name()) + " READ ONLY=1");
      }
    }
    for (Swap.Link link : swap.links()) {
      link(link);
    }
    RestoreNote.remove(db, swap.ends());
    swap.sourceSchemas().forEach(this::dropEmpty);
    SwapNote.kept(db, swap.id());
    SwapNote.remove(db, swap.ends());
  }

  /**
   * MySQL lets statements that open tables of a schema fail with a deadlock while that schema is
   * altered, so it is only where it must.
   */
  private void alter(SchemaObject schema, String family) throws SQLException {
    String wanted = definition(schema, family);
    String now = db.rows("SHOW CREATE DATABASE " + Sql.name(schema.name())).getFirst().get(1);
    String name = schema.name();
    if (!SchemaStatement.ifAbsent(now, name).equals(SchemaStatement.ifAbsent(wanted, name))) {
      db.run(SchemaStatement.altered(wanted, name));
    }
  }

  private void link(Swap.Link link) throws SQLException {
    String there =
        db.value(
            "SELECT COUNT(*) FROM information_schema.TABLE_CONSTRAINTS WHERE TABLE_SCHEMA="
                + Sql.text(link.child().schema())
                + " AND TABLE_NAME="
                + Sql.text(link.child().table())
                + " AND CONSTRAINT_NAME="
                + Sql.text(link.name()));
    try {
      if (there.equals("0")) {
        db.run(link.add());
      }
      if (!link.index().isEmpty()
          && !hasIndex(link.child(), link.index())
          && hasIndex(link.child(), link.name())) {
        db.run(
            "ALTER TABLE "
                + Swap.name(link.child())
                + " RENAME INDEX "
                + Sql.name(link.name())
                + " TO "
                + Sql.name(link.index()));
      }
    } catch (SQLException e) {
      if (ServerErrors.isLost(e)) {
        throw e;
      }
      findings.addMissing(
          Finding.warning(
              "foreign-keys-missing",
              "table " + link.child(),
              "could not get its foreign key " + link.name() + " again: " + Failures.text(e),
              link.add() + ";"));
    }
  }

  private boolean hasIndex(TableName table, String index) throws SQLException {
    return !db.value(
            "SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA="
                + Sql.text(table.schema())
                + " AND TABLE_NAME="
                + Sql.text(table.table())
                + " AND INDEX_NAME="
                + Sql.text(index))
        .equals("0");
  }

  private void dropEmpty(String schema) {
    try {
      boolean own =
          schema.startsWith(OwnSchemas.SWAPPED_IN) || schema.startsWith(OwnSchemas.KEPT + "_");
      String count =
          db.value(
              "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA="
                  + Sql.text(schema));
      if (own && count.equals("0")) {
        db.run("DROP DATABASE IF EXISTS " + Sql.name(schema));
      }
    } catch (SQLException e) {
      findings.add(Finding.info("schema-left", schema, "is empty and could not be dropped: " + e));
    }
  }
}
