package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.Secret;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore does with a target's settings, and what it makes of missing rights to them. */
abstract class TargetSettingsContract {
  private static final String ACCOUNT = "restorer";
  private static final String PASSWORD = "o8Tz-pass";
  private static final int PART = 100_000;

  /** Enough to restore these tables, and not to turn the binary log off. */
  private static final String RIGHTS =
      "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, LOCK TABLES, REFERENCES";

  private final TestServer source = TestServers.shared(kind());
  private final TestServer target = SecondServers.of(kind());

  abstract ServerKind kind();

  @BeforeEach
  void make() throws Exception {
    empty();
    source.execute(
        "CREATE DATABASE logged",
        "CREATE TABLE logged.t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(200))",
        "CREATE TABLE logged.myisam (id int) ENGINE=MyISAM",
        "INSERT INTO logged.t (v) VALUES (repeat('x', 200)), (repeat('y', 200))",
        "INSERT INTO logged.myisam SELECT id FROM logged.t");
    for (int i = 0; i < 11; i++) {
      source.execute("INSERT INTO logged.t (v) SELECT v FROM logged.t");
    }
  }

  @AfterEach
  void empty() throws Exception {
    System.clearProperty(ChunkSize.PROPERTY);
    Emptying.everything(source);
    Emptying.everything(target);
    target.execute("SET GLOBAL local_infile=1", "DROP USER IF EXISTS " + ACCOUNT + "@'%'");
  }

  @Test
  void withTheRightToItNothingIsWrittenToTheBinaryLog() throws Exception {
    Taken taken = Taken.from(source, new Selection(List.of("logged"), List.of()));
    String before = position();
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      assertThat(codes(to.plan(taken.request())))
          .contains("binlog-off")
          .doesNotContain("binlog-kept");
      taken.restore(to, taken.request());
    }
    assertThat(position()).isEqualTo(before);
    assertThat(value("SELECT COUNT(*) FROM logged.t")).isEqualTo("4096");
  }

  @Test
  void withoutTheRightTheBinaryLogHasItAndThatIsSaid() throws Exception {
    target.execute(
        "CREATE USER " + ACCOUNT + "@'%' IDENTIFIED BY '" + PASSWORD + "'",
        "GRANT " + RIGHTS + " ON *.* TO " + ACCOUNT + "@'%'");
    Taken taken = Taken.from(source, new Selection(List.of("logged"), List.of()));
    String before = position();
    try (MySqlTarget to = MySqlTarget.open(asRestorer())) {
      assertThat(codes(to.plan(taken.request())))
          .contains("binlog-kept")
          .doesNotContain("binlog-off");
      taken.restore(to, taken.request());
    }
    assertThat(position()).isNotEqualTo(before);
    assertThat(value("SELECT COUNT(*) FROM logged.t")).isEqualTo("4096");
  }

  @Test
  void whereLocalIsRefusedAfterThePlanRowsGoInByInsertInPartsAndThatIsSaid() throws Exception {
    System.setProperty(ChunkSize.PROPERTY, String.valueOf(PART));
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      LoadPlan plan = to.plan(taken.request());
      assertThat(codes(plan)).doesNotContain("local-infile-off");
      target.execute("SET GLOBAL local_infile=0");
      int before = commits();
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        for (TableDefinition table : plan.tables()) {
          session.load(table, taken.rows(table));
        }
        session.createPrograms();
        session.complete();
        assertThat(session.findings())
            .filteredOn(f -> f.code().equals("local-infile-refused"))
            .singleElement()
            .satisfies(f -> assertThat(f.hint()).isEqualTo("SET GLOBAL local_infile=1;"));
      }
      // About 850 kB in parts of 100 kB, where a statement has 256 rows at most: 50 kB.
      assertThat(commits() - before).isBetween(6, 14);
    }
    assertThat(value("SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT id)) FROM logged.t"))
        .isEqualTo("4096 4096");
    assertThat(value("SELECT COUNT(*) FROM logged.myisam")).isEqualTo("2");
  }

  private Endpoint asRestorer() {
    Endpoint e = target.endpoint();
    Secret password = new Secret(PASSWORD);
    return new Endpoint(e.scheme(), e.host(), e.port(), ACCOUNT, password, null, e.options());
  }

  private static List<String> codes(LoadPlan plan) {
    return plan.findings().stream().map(Finding::code).toList();
  }

  private int commits() throws Exception {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      return Integer.parseInt(db.rows("SHOW GLOBAL STATUS LIKE 'Com_commit'").getFirst().get(1));
    }
  }

  private String position() throws Exception {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      return db.rows("SHOW MASTER STATUS").getFirst().subList(0, 2).toString();
    }
  }

  private String value(String sql) throws Exception {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      return db.value(sql);
    }
  }
}
