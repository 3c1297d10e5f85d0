package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.engine.mysql.catalog.Catalog;
import dev.foldback.testkit.server.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore to an empty server must bring back, on every kind of server. */
abstract class RestoreContract {
  abstract TestServer source();

  abstract TestServer target();

  @BeforeEach
  @AfterEach
  void empty() throws Exception {
    Emptying.everything(source());
    Emptying.everything(target());
  }

  @Test
  void tablesComeBackWithTheSameDefinitionAndRows() throws Exception {
    source()
        .execute(
            "CREATE DATABASE shop CHARACTER SET latin1",
            "CREATE TABLE shop.parent (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(20)"
                + " COLLATE utf8mb4_bin NOT NULL DEFAULT 'it''s \\\\ \"x\"' COMMENT 'a, (b) `c`',"
                + " UNIQUE KEY u (name), KEY k (name(3) DESC)) AUTO_INCREMENT=77",
            "CREATE TABLE shop.`odd ``na.me` (a int, `b,)` text, c int AS (a+1) VIRTUAL,"
                + " KEY `k``1` (a), KEY k2 (c), FULLTEXT KEY ft (`b,)`), FULLTEXT KEY ft2 (`b,)`),"
                + " CONSTRAINT ck CHECK (a <> 5))",
            "CREATE TABLE shop.child (a int, p int, seq int NOT NULL AUTO_INCREMENT, KEY x (a),"
                + " KEY y (seq), KEY z (p), CONSTRAINT fk FOREIGN KEY (p) REFERENCES"
                + " shop.parent(id) ON DELETE CASCADE)",
            "CREATE TABLE shop.nokey (u int NOT NULL, v int, UNIQUE KEY uu (u), KEY vv (v))",
            "CREATE TABLE shop.myisam (a int, KEY (a)) ENGINE=MyISAM",
            "CREATE TABLE shop.parts (a int NOT NULL, b date, PRIMARY KEY (a), KEY bb (b))"
                + " PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES"
                + " LESS THAN MAXVALUE)",
            "INSERT INTO shop.parent VALUES (1, 'x\\ty\\nz'), (3, '')",
            "INSERT INTO shop.`odd ``na.me` (a, `b,)`) VALUES (1, NULL), (1, NULL), (2, 'b\\\\')",
            "INSERT INTO shop.child (a, p) VALUES (1, 1), (2, 3), (3, NULL)",
            "INSERT INTO shop.nokey VALUES (5, 1), (4, 2)",
            "INSERT INTO shop.myisam VALUES (5), (4)",
            "INSERT INTO shop.parts VALUES (5, '2020-02-02'), (40, NULL)");

    List<Finding> findings = copyAll();

    assertThat(warnings(findings)).isEmpty();
    assertSameDefinitions();
  }

  @Test
  void programsComeBackUnderTheirOwnSettings() throws Exception {
    source()
        .execute(
            "CREATE DATABASE shop CHARACTER SET utf8mb4",
            "CREATE TABLE shop.t (id int PRIMARY KEY, v varchar(20))",
            "INSERT INTO shop.t VALUES (1, 'a')",
            "CREATE VIEW shop.a_needs_z AS SELECT 1 AS one",
            "CREATE VIEW shop.z AS SELECT id, v FROM shop.t",
            "CREATE OR REPLACE VIEW shop.a_needs_z AS SELECT id FROM shop.z",
            "CREATE FUNCTION shop.f() RETURNS int DETERMINISTIC READS SQL DATA RETURN (SELECT"
                + " COUNT(*) FROM shop.a_needs_z)",
            "CREATE VIEW shop.with_f AS SELECT shop.f() AS n",
            "CREATE PROCEDURE shop.p(INOUT x int) BEGIN SET x = x + 1; END",
            "SET sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
            "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE"
                + " FROM shop.t WHERE id < 0",
            "CREATE EVENT shop.off ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM shop.t WHERE id <"
                + " 0");
    Emptying.inOneSession(
        source(),
        "USE shop",
        "SET SESSION session_track_system_variables=''",
        "SET sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
        "CREATE TRIGGER b_first BEFORE INSERT ON t FOR EACH ROW SET NEW.v = 'a\\'",
        "CREATE TRIGGER a_second BEFORE INSERT ON t FOR EACH ROW SET NEW.v = concat(NEW.v, '\"')",
        "SET NAMES latin1",
        "CREATE TRIGGER \"odd name\" AFTER INSERT ON \"t\" FOR EACH ROW SET @x = 1");

    List<Finding> findings = copyAll();

    assertThat(warnings(findings)).isEmpty();
    assertSameDefinitions();
  }

  @Test
  void anInvalidViewComesBackInvalid() throws Exception {
    source()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.t (id int, `v w` int)",
            "CREATE TABLE shop.u (id int)",
            "CREATE VIEW shop.broken AS SELECT x.id, x.`v w`, u.id AS uid FROM shop.t x JOIN shop.u"
                + " ON u.id = x.id",
            "CREATE VIEW shop.over_broken AS SELECT id FROM shop.broken",
            "DROP TABLE shop.t");

    List<Finding> findings = copyAll();

    assertThat(warnings(findings)).isEmpty();
    assertSameDefinitions();
  }

  private List<Finding> copyAll() throws Exception {
    Taken taken = Taken.from(source(), Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      return taken.restore(to, taken.request());
    }
  }

  static List<Finding> warnings(List<Finding> findings) {
    return findings.stream().filter(f -> f.severity() != Finding.Severity.INFO).toList();
  }

  private void assertSameDefinitions() throws Exception {
    assertThat(definitions(target())).isEqualTo(definitions(source()));
  }

  static String definitions(TestServer server) throws Exception {
    Catalog catalog = Taken.from(server, Selection.ALL).catalog();
    return catalog.objects().stream()
        // Each server has its own password for the account of tests.
        .filter(o -> !o.name().startsWith(TestServer.USER + "@"))
        .map(
            o ->
                o.label()
                    + "\n"
                    + o.definition()
                    + "\n"
                    + o.context().entrySet().stream()
                        .filter(e -> !e.getKey().equals("created"))
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n\n"));
  }
}
