package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is dropped that the plan did not name and that the restore did not make itself. */
class OthersTablesIT {
  private final TestServer source = TestServers.mariaDb114();
  private final TestServer target = SecondServers.of(ServerKind.MARIADB_11_4);

  @BeforeEach
  void make() throws Exception {
    empty();
    source.execute(
        "CREATE DATABASE shop",
        "CREATE TABLE shop.a (id int PRIMARY KEY)",
        "CREATE TABLE shop.b (id int PRIMARY KEY, v longtext)",
        "INSERT INTO shop.a VALUES (1), (2)",
        "INSERT INTO shop.b SELECT seq, repeat(sha1(seq), 100) FROM shop.seq_1_to_500",
        "CREATE VIEW shop.v AS SELECT id FROM shop.a",
        "CREATE FUNCTION shop.f() RETURNS int DETERMINISTIC RETURN 1");
  }

  @AfterEach
  void empty() throws Exception {
    Emptying.everything(source);
    Emptying.everything(target);
  }

  @Test
  void aTableMadeSinceThePlanStaysAndNothingIsWritten() throws Exception {
    for (Existing existing : List.of(Existing.REFUSE, Existing.REPLACE, Existing.SKIP)) {
      Emptying.everything(target);
      try (MySqlTarget to = open()) {
        LoadPlan plan = to.plan(request(Taken.from(source, Selection.ALL), "one", existing));
        target.execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.b (mine int)",
            "INSERT INTO shop.b VALUES (7)");
        refused(to, plan, "table shop.b");
      }
      assertThat(value("SELECT mine FROM shop.b")).isEqualTo("7");
      assertThat(value("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA='shop'"))
          .isEqualTo("1");
      assertNoNote();
    }
  }

  @Test
  void aProgramMadeSinceThePlanStays() throws Exception {
    try (MySqlTarget to = open()) {
      LoadPlan plan = to.plan(Taken.from(source, Selection.ALL).request());
      target.execute(
          "CREATE DATABASE shop", "CREATE FUNCTION shop.f() RETURNS int DETERMINISTIC RETURN 7");
      refused(to, plan, "function shop.f");
    }
    assertThat(value("SELECT shop.f()")).isEqualTo("7");
  }

  @Test
  void replacingDropsWhatThePlanNamedAndNothingElse() throws Exception {
    target.execute("CREATE DATABASE shop", "CREATE TABLE shop.a (old int)");
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = open()) {
      LoadPlan plan = to.plan(request(taken, "one", Existing.REPLACE));
      target.execute("CREATE TABLE shop.b (mine int)");
      refused(to, plan, "table shop.b");
      assertThat(value("SELECT COUNT(old) FROM shop.a")).isEqualTo("0");
      taken.restore(to, request(taken, "one", Existing.REPLACE));
    }
    assertThat(value("SELECT COUNT(*) FROM shop.b")).isEqualTo("500");
  }

  @Test
  void ofTwoRestoresPlannedAtOnceTheSecondLeavesWhatTheFirstBrought() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget first = open();
        MySqlTarget second = open()) {
      LoadPlan late = second.plan(taken.request());
      taken.restore(first, taken.request());
      target.execute("INSERT INTO shop.a VALUES (99)");
      refused(second, late, "table shop.a, table shop.b");
    }
    assertThat(value("SELECT COUNT(*) FROM shop.a")).isEqualTo("3");
  }

  @Test
  void aPlanThatGoesOnIsWorthNothingOnceAnotherRunEndedTheRestore() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = open()) {
      cutOff(to, taken, "b");
      LoadPlan late = to.plan(taken.request());
      assertThat(late.loaded()).hasSize(1);
      taken.restore(to, taken.request());
      target.execute("INSERT INTO shop.a VALUES (99)");
      refused(to, late, "shop.b");
    }
    assertThat(value("SELECT COUNT(*) FROM shop.a")).isEqualTo("3");
  }

  @Test
  void aTableMadeBetweenTheLastLookAndTheRestoresOwnIsNeverItsToDrop() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    Renames away = new Renames(Map.of("shop", "away"), Map.of());
    try (MySqlTarget to = open();
        Connection holder = target.connect();
        Db held = new Db(holder)) {
      // Another restore's note makes the table that the one under test is held up at.
      LoadPlan other = to.plan(taken.request("two", Selection.ALL, away, Existing.REFUSE));
      try (LoadSession session = to.begin(other, 1, Progress.NONE)) {
        session.createTables();
      }
      target.execute("CREATE DATABASE shop");
      LoadPlan plan = to.plan(taken.request());
      held.run("START TRANSACTION");
      held.rows("SELECT * FROM foldback_restore.note FOR UPDATE");
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        FutureTask<FoldbackException> making =
            new FutureTask<>(
                () -> catchThrowableOfType(FoldbackException.class, session::createTables));
        Thread.ofPlatform().start(making);
        awaitWriting();
        target.execute("CREATE TABLE shop.b (mine int)");
        held.run("ROLLBACK");
        assertThat(making.get().code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY);
      }
      assertThat(errors(to.plan(taken.request())))
          .extracting(Finding::subject)
          .containsExactly("table shop.b");
      assertThat(value("SELECT COUNT(mine) FROM shop.b")).isEqualTo("0");
    }
  }

  private void awaitWriting() throws Exception {
    String waiting =
        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'UPDATE"
            + " `foldback_restore%'";
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (value(waiting).equals("0")) {
      assertThat(System.nanoTime()).as("the restore writes its note").isLessThan(limit);
      Thread.sleep(20);
    }
  }

  @Test
  void whatAnEarlierRunOnlyPlannedIsStillOthers() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = open()) {
      LoadPlan plan = to.plan(taken.request());
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
      }
      // Programs come last: the run ended before it began them.
      target.execute("CREATE VIEW shop.v AS SELECT 7 AS mine");
      assertThat(errors(to.plan(taken.request())))
          .extracting(Finding::subject)
          .containsExactly("view shop.v");
      LoadPlan again = to.plan(request(taken, "one", Existing.REPLACE));
      assertThat(again.replaced()).extracting(o -> o.name()).containsExactly("v");
    }
    assertThat(value("SELECT mine FROM shop.v")).isEqualTo("7");
  }

  @Test
  void aProgramThatOthersMakeWhileTablesAreLoadedStays() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = open()) {
      LoadPlan plan = to.plan(taken.request());
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        for (TableDefinition table : plan.tables()) {
          session.load(table, taken.rows(table));
        }
        target.execute("CREATE FUNCTION shop.f() RETURNS int DETERMINISTIC RETURN 7");
        assertThatThrownBy(session::createPrograms).hasMessageContaining("function shop.f");
      }
      assertThat(errors(to.plan(taken.request())))
          .extracting(Finding::subject)
          .containsExactly("function shop.f");
    }
    assertThat(value("SELECT shop.f()")).isEqualTo("7");
  }

  @Test
  void tablesThatDifferAreMadeAnewByTheSameRestore() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = open()) {
      LoadPlan plan = to.plan(taken.request());
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        for (TableDefinition table : plan.tables()) {
          session.load(table, taken.rows(table));
        }
        session.createPrograms();
        target.execute("UPDATE shop.a SET id = 3 WHERE id = 2");
        session.again(plan.tables().stream().filter(t -> t.name().table().equals("a")).toList());
      }
      LoadPlan again = to.plan(taken.request());
      assertThat(errors(again)).isEmpty();
      assertThat(again.loaded()).containsExactly(new TableName("shop", "b"));
      taken.restore(to, taken.request());
    }
    assertThat(value("SELECT GROUP_CONCAT(id) FROM shop.v")).isEqualTo("1,2");
    assertNoNote();
  }

  @Test
  void anUnfinishedRestoreStandsInTheWayOfTheSameNamesOnly() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    Selection one = new Selection(List.of("shop.b"), List.of());
    Renames beside =
        new Renames(Map.of(), Map.of(new TableName("shop", "b"), new TableName("compare", "b")));
    try (MySqlTarget to = open()) {
      cutOff(to, taken, "a");
      assertThat(errors(to.plan(taken.request("two", one, Renames.NONE, Existing.REFUSE))))
          .extracting(Finding::subject)
          .contains("schema foldback_restore");

      taken.restore(to, taken.request("three", one, beside, Existing.REFUSE));
      assertThat(value("SELECT COUNT(*) FROM compare.b")).isEqualTo("500");
      assertThat(to.plan(taken.request()).loaded()).hasSize(1);

      taken.restore(to, taken.request());
    }
    assertThat(value("SELECT COUNT(*) FROM shop.b")).isEqualTo("500");
    assertNoNote();
  }

  @Test
  void aBackupLeavesTheNoteOfAnUnfinishedRestoreOutAndSaysSo() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = open()) {
      cutOff(to, taken, "b");
    }
    Taken ofTarget = Taken.from(target, Selection.ALL);
    assertThat(ofTarget.catalog().objects()).noneMatch(o -> o.schema().equals(RestoreNote.SCHEMA));
    assertThat(ofTarget.catalog().tables())
        .noneMatch(t -> t.name().schema().equals(RestoreNote.SCHEMA));
    assertThat(ofTarget.catalog().findings())
        .filteredOn(f -> f.code().equals("restore-unfinished"))
        .singleElement()
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.INFO));
  }

  /** A run that ends once this table is loaded and noted. */
  private static void cutOff(MySqlTarget to, Taken taken, String table) {
    LoadPlan plan = to.plan(taken.request());
    try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
      session.createTables();
      plan.tables().stream()
          .filter(t -> t.name().table().equals(table))
          .forEach(t -> session.load(t, taken.rows(t)));
    }
  }

  private void refused(MySqlTarget to, LoadPlan plan, String names) {
    try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
      assertThatThrownBy(session::createTables)
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY))
          .hasMessageContaining(names);
    }
  }

  private void assertNoNote() throws Exception {
    assertThat(
            value(
                "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE"
                    + " 'foldback%'"))
        .isEqualTo("0");
  }

  private static LoadRequest request(Taken taken, String id, Existing existing) {
    return taken.request(id, Selection.ALL, Renames.NONE, existing);
  }

  private static List<Finding> errors(LoadPlan plan) {
    return plan.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
  }

  private MySqlTarget open() {
    return MySqlTarget.open(target.endpoint());
  }

  private String value(String sql) throws Exception {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      return db.value(sql);
    }
  }
}
