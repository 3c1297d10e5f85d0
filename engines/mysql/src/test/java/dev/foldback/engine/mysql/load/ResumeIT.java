package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadRequest.Existing;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a restore finds on its target: others' tables, its own unfinished work, lost connections.
 */
class ResumeIT {
  private final TestServer source = TestServers.mariaDb114();
  private final TestServer target = SecondServers.of(ServerKind.MARIADB_11_4);

  @BeforeEach
  void make() throws Exception {
    empty();
    source.execute(
        "CREATE DATABASE shop",
        "CREATE TABLE shop.a (id int PRIMARY KEY, v varchar(20), KEY k (v))",
        "CREATE TABLE shop.b (id int PRIMARY KEY, a int, KEY ka (a), CONSTRAINT fb FOREIGN KEY (a)"
            + " REFERENCES shop.a (id))",
        "INSERT INTO shop.a SELECT seq, concat('row ', seq) FROM shop.seq_1_to_5000",
        "INSERT INTO shop.b SELECT seq, seq FROM shop.seq_1_to_5000",
        "CREATE VIEW shop.v AS SELECT id FROM shop.a",
        "CREATE TRIGGER shop.t BEFORE INSERT ON shop.a FOR EACH ROW SET NEW.v = 'x'",
        "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01 00:00:00' DO SELECT 1");
  }

  @AfterEach
  void empty() throws Exception {
    Emptying.everything(source);
    Emptying.everything(target);
  }

  @Test
  void refusesWhatExistsAndNamesIt() throws Exception {
    target.execute(
        "CREATE DATABASE shop", "CREATE TABLE shop.b (x int)", "CREATE VIEW shop.v AS SELECT 1");
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      LoadPlan plan = to.plan(taken.request());

      assertThat(errors(plan))
          .extracting(Finding::subject)
          .containsExactly("table shop.b", "view shop.v");
      assertThatThrownBy(() -> to.begin(plan, 1, Progress.NONE))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY));
    }
    assertThat(
            value(
                "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE"
                    + " 'foldback%'"))
        .isEqualTo("0");
  }

  @Test
  void replacesOrSkipsWhatExistsWhereTold() throws Exception {
    target.execute(
        "CREATE DATABASE shop",
        "CREATE TABLE shop.b (x int)",
        "CREATE TABLE shop.other (x int)",
        "INSERT INTO shop.other VALUES (7)");
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      taken.restore(to, request(taken, "skip", Renames.NONE, Existing.SKIP));
      assertThat(value("SELECT COUNT(*) FROM shop.b")).isEqualTo("0");
      assertThat(value("SELECT COUNT(*) FROM shop.a")).isEqualTo("5000");

      taken.restore(to, request(taken, "replace", Renames.NONE, Existing.REPLACE));
      assertThat(value("SELECT COUNT(*) FROM shop.b")).isEqualTo("5000");
      assertThat(value("SELECT x FROM shop.other")).isEqualTo("7");
    }
  }

  @Test
  void accountsAndSchemasThatExistStayAsTheyAreAndAccountsAreNamed() throws Exception {
    source.execute("CREATE USER app@'%' IDENTIFIED BY 'old'", "GRANT SELECT ON shop.* TO app@'%'");
    target.execute(
        "CREATE USER app@'%' IDENTIFIED BY 'new'",
        "CREATE DATABASE mine",
        "CREATE TABLE mine.a (x int)",
        "INSERT INTO mine.a VALUES (1)",
        "CREATE VIEW mine.v AS SELECT x FROM mine.a");
    String account = "SELECT authentication_string FROM mysql.user WHERE User='app'";
    try {
      String password = value(account);
      Taken taken = Taken.from(source, Selection.ALL);
      try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
        assertThat(to.plan(taken.request()).findings())
            .filteredOn(f -> f.code().equals("account-kept"))
            .extracting(Finding::subject)
            .anyMatch(subject -> subject.contains("app"));
        taken.restore(to, taken.request());
      }
      assertThat(value(account)).isEqualTo(password);
      assertThat(value("SELECT COUNT(*) FROM mysql.db WHERE User='app'")).isEqualTo("0");
      assertThat(value("SELECT x FROM mine.v")).isEqualTo("1");
      assertThat(value("SELECT COUNT(*) FROM shop.a")).isEqualTo("5000");
    } finally {
      source.execute("DROP USER app@'%'");
      target.execute("DROP USER app@'%'");
    }
  }

  @Test
  void aRenameReachesKeysViewsAndTriggers() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    Renames renames =
        new Renames(
            Map.of("shop", "copy"),
            Map.of(new TableName("shop", "a"), new TableName("copy", "aa")));
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      taken.restore(to, request(taken, "renamed", renames, Existing.REFUSE));
    }
    assertThat(value("SELECT COUNT(*) FROM copy.v")).isEqualTo("5000");
    assertThat(
            value(
                "SELECT REFERENCED_TABLE_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS"
                    + " WHERE CONSTRAINT_SCHEMA='copy'"))
        .isEqualTo("aa");
    target.execute("INSERT INTO copy.aa VALUES (9999, 'y')");
    assertThat(value("SELECT v FROM copy.aa WHERE id = 9999")).isEqualTo("x");
    assertThat(value("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'shop'"))
        .isEqualTo("0");
  }

  @Test
  void goesOnAfterTheTablesThatWereLoaded() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      LoadPlan first = to.plan(taken.request());
      try (LoadSession session = to.begin(first, 1, Progress.NONE)) {
        session.createTables();
        session.load(first.tables().get(0), taken.rows(first.tables().get(0)));
      }
      LoadPlan again = to.plan(taken.request());
      assertThat(errors(again)).isEmpty();
      assertThat(again.loaded()).containsExactly(first.tables().get(0).name());
      LoadPlan other = to.plan(request(taken, "other", Renames.NONE, Existing.REFUSE));
      assertThat(errors(other).getFirst().subject()).contains("foldback_restore");

      taken.restore(to, taken.request());
    }
    assertWhole();
  }

  @Test
  void killedAtAnyMomentItIsFinishedByRunningItAgain() throws Exception {
    long seed = Seed.next();
    Random random = new Random(seed);
    Taken taken = Taken.from(source, Selection.ALL);
    for (int round = 0; round < 8; round++) {
      Thread killer = killer(random.nextInt(20, 700));
      try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
        taken.restore(to, taken.request());
        killer.join();
        break;
      } catch (FoldbackException e) {
        assertThat(e.code())
            .as("seed %s: %s", seed, e)
            .isIn(ErrorCode.SERVER_LOST, ErrorCode.STATEMENT_FAILED, ErrorCode.SERVER_UNREACHABLE);
      }
      killer.join();
    }
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      LoadPlan plan = to.plan(taken.request());
      if (errors(plan).isEmpty()) {
        taken.restore(to, taken.request());
      }
    }
    assertWhole();
  }

  /** Ends the restore's connections after a while. */
  private Thread killer(int after) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                Thread.sleep(after);
                killConnections();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Ends every connection of the restore once, as a killed process would. */
  private void killConnections() {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      for (String id :
          db.column(
              "SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND"
                  + " USER = '"
                  + TestServer.USER
                  + "'")) {
        kill(db, id);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void kill(Db db, String id) throws SQLException {
    try {
      db.run("KILL " + id);
    } catch (SQLException e) {
      assertThat(e.getErrorCode()).as("ended by itself: %s", e.getMessage()).isEqualTo(1094);
    }
  }

  @Test
  void aLostConnectionWhileLoadingNeverDoublesARow() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      LoadPlan plan = to.plan(taken.request());
      TableDefinition table = plan.tables().getFirst();
      Interrupted rows = new Interrupted(taken.rows(table), 20_000, this::killConnections);
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        session.load(table, rows);
      }
      assertThat(rows.opened()).isGreaterThan(1);
      taken.restore(to, taken.request());
    }
    assertWhole();
  }

  @Test
  void anEventThatWasNotEnabledForALostConnectionIsEnabledByTheNextRun() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      whileEventsCantBeChanged(
          to,
          taken,
          "KILL ",
          session ->
              assertThatThrownBy(session::complete)
                  .isInstanceOfSatisfying(
                      FoldbackException.class,
                      e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_LOST)));
      LoadPlan plan = to.plan(taken.request());
      assertThat(plan.loaded()).hasSize(2);
      taken.restore(to, taken.request());
    }
    assertWhole();
  }

  @Test
  void anEventWhoseStatementWasInterruptedIsEnabledAllTheSame() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      whileEventsCantBeChanged(
          to,
          taken,
          "KILL QUERY ",
          session -> {
            session.complete();
            assertThat(session.findings()).isEmpty();
          });
    }
    assertWhole();
  }

  /** Restores up to its end, where a statement that waits is ended in the given way, once. */
  private void whileEventsCantBeChanged(
      MySqlTarget to, Taken taken, String kill, Consumer<LoadSession> end) throws Exception {
    LoadPlan plan = to.plan(taken.request());
    try (LoadSession session = to.begin(plan, 1, Progress.NONE);
        Connection other = target.connect();
        Db db = new Db(other)) {
      session.createTables();
      for (TableDefinition table : plan.tables()) {
        session.load(table, taken.rows(table));
      }
      session.createPrograms();
      db.run("FLUSH TABLES WITH READ LOCK");
      Thread killer = Thread.ofPlatform().start(() -> killWaiting(db, kill));
      end.accept(session);
      killer.join();
    }
  }

  private static void killWaiting(Db db, String kill) {
    try {
      String waiting = "";
      long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (waiting.isEmpty()) {
        if (System.nanoTime() > limit) {
          db.run("UNLOCK TABLES");
          throw new IllegalStateException("nothing waits for the lock");
        }
        Thread.sleep(20);
        waiting =
            db.value(
                "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'ALTER%EVENT%'");
      }
      db.run(kill + waiting);
      db.run("UNLOCK TABLES");
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatCouldNotBeMadeIsMissing() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      LoadPlan plan = to.plan(taken.request());
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        for (TableDefinition table : plan.tables()) {
          session.load(table, taken.rows(table));
        }
        assertThat(session.missing()).isEmpty();
        target.execute("SET foreign_key_checks=0", "ALTER TABLE shop.a DROP COLUMN v");
        session.createPrograms();
        assertThat(session.missing())
            .extracting(f -> f.code() + " " + f.subject())
            .containsExactly("not-created trigger shop.t");
      }
    }
  }

  private void assertWhole() throws Exception {
    assertThat(value("SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT id)) FROM shop.a"))
        .isEqualTo("5000 5000");
    assertThat(value("SELECT COUNT(*) FROM shop.b")).isEqualTo("5000");
    assertThat(value("SELECT COUNT(*) FROM shop.v")).isEqualTo("5000");
    assertThat(value("SELECT STATUS FROM information_schema.EVENTS WHERE EVENT_NAME='e'"))
        .isEqualTo("ENABLED");
    assertThat(
            value("SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA='shop'"))
        .isEqualTo("4");
    assertThat(
            value(
                "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE"
                    + " 'foldback%'"))
        .isEqualTo("0");
  }

  private static LoadRequest request(Taken taken, String id, Renames renames, Existing existing) {
    return taken.request(id, Selection.ALL, renames, existing);
  }

  private static List<Finding> errors(LoadPlan plan) {
    return plan.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
  }

  private String value(String sql) throws Exception {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      return db.value(sql);
    }
  }
}
