package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions that one family prints and the other refuses, or reads otherwise. */
class CrossingIT {
  private final TestServer mySql = TestServers.mySql80();
  private final TestServer mariaDb = TestServers.mariaDb114();

  @BeforeEach
  @AfterEach
  void empty() throws Exception {
    Emptying.everything(mySql);
    Emptying.everything(mariaDb);
  }

  @Test
  void whatMariaDbRefusesIsNamedInThePlanAndTextsKeepTheirEscapes() throws Exception {
    mySql.execute(
        "CREATE DATABASE d",
        "CREATE TABLE d.f (u char(36), b binary(16) AS (uuid_to_bin(u)) STORED)",
        "CREATE TABLE d.g (j json, b bool AS (3 MEMBER OF (j)) VIRTUAL)",
        "CREATE TABLE d.t (id int PRIMARY KEY, a varchar(9) DEFAULT (concat('\\\\', 'it''s')),"
            + " v varchar(20) AS (concat(a, '\\\\n')) VIRTUAL) COMPRESSION='zlib'",
        "INSERT INTO d.t (id) VALUES (1)");
    Taken taken = Taken.from(mySql, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(mariaDb.endpoint())) {
      List<Finding> refused =
          to.plan(taken.request()).findings().stream()
              .filter(f -> f.severity() == Finding.Severity.ERROR)
              .toList();
      assertThat(refused)
          .allSatisfy(f -> assertThat(f.code()).isEqualTo("not-supported"))
          .extracting(Finding::subject)
          .containsExactlyInAnyOrder("table d.f", "table d.g");
      Selection rest = new Selection(List.of(), List.of("d.f", "d.g", "mysql", "sys"));
      taken.restore(to, taken.request("x", rest, Renames.NONE, LoadRequest.Existing.REFUSE));
    }
    mariaDb.execute("INSERT INTO d.t (id) VALUES (2)");
    for (int id : List.of(1, 2)) {
      assertThat(value(mariaDb, "SELECT CONCAT(a, v) FROM d.t WHERE id = " + id))
          .isEqualTo("\\it's\\it's\\n");
    }
  }

  @Test
  void checksOfOneNameInTwoTablesComeToMySqlWithOneRenamed() throws Exception {
    mariaDb.execute(
        "CREATE DATABASE d",
        "CREATE TABLE d.a (n int, CONSTRAINT positive CHECK (n > 0))",
        "CREATE TABLE d.b (n int, CONSTRAINT Positive CHECK (n > 1), CONSTRAINT x CHECK (n < 9))");
    Taken taken = Taken.from(mariaDb, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(mySql.endpoint())) {
      assertThat(to.plan(taken.request()).findings())
          .filteredOn(f -> f.code().equals("constraint-renamed"))
          .extracting(Finding::subject)
          .containsExactly("table d.b");
      taken.restore(to, taken.request());
    }
    assertThat(
            value(
                mySql,
                "SELECT GROUP_CONCAT(CONSTRAINT_NAME ORDER BY 1) FROM"
                    + " information_schema.TABLE_CONSTRAINTS WHERE TABLE_SCHEMA = 'd'"))
        .isEqualTo("b_chk_1,positive,x");
  }

  private static String value(TestServer server, String sql) throws Exception {
    try (Connection connection = server.connect();
        Db db = new Db(connection)) {
      return db.value(sql);
    }
  }
}
