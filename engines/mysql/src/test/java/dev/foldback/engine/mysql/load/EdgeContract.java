package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables at the servers' limits, and names that try to be something else. */
abstract class EdgeContract {
  private static final String LOOSE =
      "SET sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES', time_zone='+00:00'";

  abstract ServerKind kind();

  private TestServer source() {
    return TestServers.shared(kind());
  }

  private TestServer target() {
    return SecondServers.of(kind());
  }

  @BeforeEach
  @AfterEach
  void empty() throws Exception {
    Emptying.everything(source());
    Emptying.everything(target());
  }

  @Test
  void tablesOfTheMostColumnsAndTheLargestRowsComeBack() throws Exception {
    make(
        "CREATE DATABASE e",
        "CREATE TABLE e.wide (" + columns(1017, "tinyint") + ")",
        "INSERT INTO e.wide (c0, c1016) VALUES (1, -1), (NULL, 5)",
        "CREATE TABLE e.widest (" + columns(2500, "tinyint") + ") ENGINE=MyISAM",
        "INSERT INTO e.widest (c0, c2499) VALUES (1, -1), (NULL, 5)",
        "CREATE TABLE e.full_row (v varchar(65532) CHARACTER SET latin1 NOT NULL)",
        "INSERT INTO e.full_row VALUES (REPEAT('\\\\', 65532)), ('')",
        "CREATE TABLE e.only_generated (v int AS (1) VIRTUAL, w varchar(9) AS ('x') STORED)",
        "INSERT INTO e.only_generated VALUES (), (), ()");
    assertEqualAfterRestore();
  }

  @Test
  void moreIndexZerosThanWarningsAreCountedComeBack() throws Exception {
    make(
        "CREATE DATABASE e",
        "CREATE TABLE e.enums (id int AUTO_INCREMENT PRIMARY KEY, a enum('x','y'), b enum('z'))",
        "INSERT INTO e.enums (a, b) VALUES (0, 0), (0, 1), (1, NULL), (2, 0)",
        "INSERT INTO e.enums (a, b) SELECT x.a, x.b FROM e.enums x, e.enums y, e.enums z, e.enums"
            + " w",
        "INSERT INTO e.enums (a, b) SELECT x.a, x.b FROM e.enums x JOIN e.enums y ON y.id <= 300");
    assertEqualAfterRestore();
  }

  @Test
  void invalidDatesReachATargetThatIsStrict() throws Exception {
    String was = value(target(), "SELECT @@global.sql_mode");
    target().execute("SET GLOBAL sql_mode='TRADITIONAL'");
    try {
      make(
          "CREATE DATABASE e",
          "CREATE TABLE e.dates (id int PRIMARY KEY, d date NOT NULL DEFAULT '0000-00-00', t"
              + " datetime DEFAULT '2020-02-31 00:00:00', s timestamp NOT NULL DEFAULT '0000-00-00"
              + " 00:00:00')",
          "INSERT INTO e.dates VALUES (1, '0000-00-00', '2021-00-00', '0000-00-00'), (0,"
              + " '2023-02-31', '0000-01-00', '2001-01-01')");
      assertEqualAfterRestore();
    } finally {
      target().execute("SET GLOBAL sql_mode='" + was + "'");
    }
  }

  @Test
  void countersStandWhereTheyStood() throws Exception {
    make(
        "CREATE DATABASE e",
        "CREATE TABLE e.zero (id int AUTO_INCREMENT PRIMARY KEY, v int)",
        "INSERT INTO e.zero VALUES (0, 1), (-3, 2)",
        "CREATE TABLE e.reached (id tinyint AUTO_INCREMENT PRIMARY KEY, v int)",
        "INSERT INTO e.reached VALUES (127, 1), (3, 1)",
        "CREATE TABLE e.last (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, v int)",
        "INSERT INTO e.last VALUES (18446744073709551615, 1)",
        "CREATE TABLE e.gap (id int AUTO_INCREMENT PRIMARY KEY, v int)",
        "INSERT INTO e.gap (v) VALUES (1), (2), (3), (4)",
        "DELETE FROM e.gap WHERE id > 1",
        "CREATE TABLE e.emptied (id int AUTO_INCREMENT PRIMARY KEY, v int)",
        "INSERT INTO e.emptied (v) VALUES (1), (2), (3), (4)",
        "DELETE FROM e.emptied",
        "CREATE TABLE e.grouped (g int, id int AUTO_INCREMENT, PRIMARY KEY (g, id))"
            + " ENGINE=MyISAM",
        "INSERT INTO e.grouped (g) VALUES (1), (1), (2)",
        "CREATE TABLE e.aisam (id int AUTO_INCREMENT PRIMARY KEY, v int) ENGINE=MyISAM"
            + " AUTO_INCREMENT=50",
        "INSERT INTO e.aisam VALUES (60, 1), (0, 1)",
        "DELETE FROM e.aisam WHERE id = 60",
        "CREATE TABLE e.double_key (id double AUTO_INCREMENT PRIMARY KEY, v int)",
        "INSERT INTO e.double_key VALUES (2.5, 1)");
    assertEqualAfterRestore();
    for (String table : List.of("zero", "gap", "emptied", "aisam", "double_key")) {
      String next = "INSERT INTO e." + table + " (v) VALUES (9)";
      source().execute(next);
      target().execute(next);
      String last = "SELECT id FROM e." + table + " WHERE v = 9";
      assertThat(value(target(), last)).as(table).isEqualTo(value(source(), last));
    }
  }

  @Test
  void namesThatTryToBeStatementsStayNames() throws Exception {
    List<String> names =
        List.of(
            "x`; DROP DATABASE e; --",
            "x'; DROP DATABASE e; -- '",
            "\"; DROP DATABASE e; #",
            "*/ DROP DATABASE e; /*",
            "line\nbreak\ttab\\",
            "`".repeat(30),
            "n".repeat(64));
    List<String> sql = new ArrayList<>();
    sql.add("CREATE DATABASE e");
    sql.add("CREATE TABLE e.witness (a int)");
    for (String name : names) {
      String q = Sql.name(name);
      String in = q + ".";
      sql.add("CREATE DATABASE " + q);
      sql.add(
          "CREATE TABLE "
              + in
              + q
              + " ("
              + q
              + " int NOT NULL, b int, d date, PRIMARY KEY ("
              + q
              + "), UNIQUE KEY "
              + Sql.name("u" + name.substring(1))
              + " (b), CONSTRAINT "
              + q
              + " CHECK ("
              + q
              + " > 0)) COMMENT="
              + "'"
              + name.replace("\\", "\\\\").replace("'", "''")
              + "'");
      sql.add("INSERT INTO " + in + q + " VALUES (1, 2, NULL)");
      // MariaDB prints backticks in foreign keys undoubled: nobody can read that back.
      if (!kind().mariaDb() || name.indexOf('`') < 0) {
        sql.add(
            "CREATE TABLE "
                + in
                + "child (a int, KEY "
                + q
                + " (a), CONSTRAINT "
                + Sql.name("f" + name.substring(1))
                + " FOREIGN KEY (a) REFERENCES "
                + in
                + q
                + " ("
                + q
                + "))");
      }
      sql.add(
          "CREATE TABLE "
              + in
              + "parts (a int) PARTITION BY LIST (a) (PARTITION "
              + q
              + " VALUES IN (1), PARTITION o VALUES IN (2))");
      sql.add("INSERT INTO " + in + "parts VALUES (1), (2)");
      sql.add(
          "CREATE VIEW "
              + in
              + Sql.name("v" + name.substring(1))
              + " AS SELECT "
              + q
              + " FROM "
              + in
              + q);
      sql.add("USE " + q);
      sql.add("CREATE FUNCTION " + q + "() RETURNS int DETERMINISTIC RETURN 1");
      sql.add("CREATE PROCEDURE " + q + "() SELECT " + q + " FROM " + q);
      sql.add("CREATE TRIGGER " + q + " BEFORE INSERT ON " + q + " FOR EACH ROW SET NEW.b = 7");
      sql.add("CREATE EVENT " + q + " ON SCHEDULE EVERY 1 YEAR STARTS '2036-01-01' DO SELECT 1");
      if (kind().mariaDb()) {
        sql.add("CREATE SEQUENCE " + Sql.name("s" + name.substring(1)));
      }
    }
    make(sql.toArray(String[]::new));
    assertEqualAfterRestore();
    assertThat(value(target(), "SELECT COUNT(*) FROM e.witness")).isEqualTo("0");
  }

  private static String columns(int count, String type) {
    return IntStream.range(0, count)
        .mapToObj(i -> "c" + i + " " + type)
        .collect(Collectors.joining(","));
  }

  private void make(String... statements) throws Exception {
    List<String> all = new ArrayList<>(List.of(LOOSE));
    all.addAll(List.of(statements));
    try (Connection connection = source().connect();
        Db db = new Db(connection)) {
      for (String sql : all) {
        try {
          db.run(sql);
        } catch (java.sql.SQLException e) {
          throw new java.sql.SQLException(e.getMessage() + " in " + sql, e);
        }
      }
    }
  }

  private void assertEqualAfterRestore() throws Exception {
    Taken taken = Taken.from(source(), Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      assertThat(RestoreContract.warnings(taken.restore(to, taken.request()))).isEmpty();
    }
    assertThat(RestoreContract.definitions(target()))
        .isEqualTo(RestoreContract.definitions(source()));
  }

  private static String value(TestServer server, String sql) throws Exception {
    try (Connection connection = server.connect();
        Db db = new Db(connection)) {
      return db.value(sql);
    }
  }
}
