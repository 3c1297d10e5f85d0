package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.testkit.server.ServerKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements whose meaning is more than their words: it hangs on settings of the session, on the
 * order of rows, on other tables. What follows from the log is folded to what the server held; all
 * else is refused with its place.
 */
abstract class StatementsContract {
  private static final String KEYED =
      "CREATE TABLE t (id int PRIMARY KEY, a int);INSERT INTO t VALUES (3,1),(1,2),(2,2)";
  private static final String KEYLESS =
      "CREATE TABLE t (a int);INSERT INTO t VALUES (3),(1),(2),(7),(5);DELETE FROM t WHERE a = 1;"
          + "INSERT INTO t VALUES (1)";
  private static final String MYISAM =
      "CREATE TABLE t (id int PRIMARY KEY, a int) ENGINE=MyISAM;INSERT INTO t VALUES (3,1),(1,2)";
  private static final String FAMILY =
      "CREATE TABLE p (id int PRIMARY KEY);CREATE TABLE c (id int PRIMARY KEY, p int, FOREIGN KEY"
          + " (p) REFERENCES p (id) ON DELETE CASCADE);INSERT INTO p VALUES (1),(2);"
          + "INSERT INTO c VALUES (1,1),(2,2)";
  private static final String STAMPED =
      "CREATE TABLE t (id int PRIMARY KEY, ts timestamp NULL);"
          + "INSERT INTO t VALUES (1,'2024-01-01 00:00:00')";
  private static final String VERSIONED =
      "CREATE TABLE t (id int PRIMARY KEY, a int) WITH SYSTEM VERSIONING;"
          + "INSERT INTO t VALUES (1,1);UPDATE t SET a = 2";

  abstract ServerKind kind();

  /**
   * @param before what is there in the snapshot
   * @param after what the log holds
   */
  private record Case(String before, String after) {}

  private static Case of(String before, String after) {
    return new Case(before, after);
  }

  @Test
  void whatFollowsFromTheLogIsFolded(@TempDir Path folder) throws Exception {
    List<Case> cases = new ArrayList<>(everywhere());
    cases.addAll(images());
    cases.addAll(kind().mariaDb() ? onMariaDb() : onMySql());
    try (HistoryRig rig = new HistoryRig(kind(), folder)) {
      for (int i = 0; i < cases.size(); i++) {
        rig.server.execute("CREATE DATABASE w" + i);
        run(rig, "w" + i, cases.get(i).before());
      }
      rig.backup();
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < cases.size(); i++) {
        run(rig, "w" + i, cases.get(i).after());
        all.append("\nw").append(i).append(": ").append(cases.get(i).after());
      }
      State state = State.of(rig.server, "w*");
      rig.capture();
      rig.judge().judge(rig.server, state, all.toString());
    }
  }

  @Test
  void whatDoesNotIsRefusedWithItsPlace(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = new HistoryRig(kind(), folder)) {
      for (Case one : refused()) {
        rig.server.execute("DROP DATABASE IF EXISTS w", "CREATE DATABASE w");
        run(rig, "w", one.before());
        rig.backup();
        run(rig, "w", one.after());
        State state = State.of(rig.server, "w*");
        rig.capture();
        assertThatThrownBy(() -> rig.judge().judge(rig.server, state, ""))
            .as(one.after())
            .isInstanceOfSatisfying(
                FoldbackException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_NOT_FOLDABLE))
            .hasMessageContaining("binlog.0");
      }
    }
  }

  @Test
  void namesOfAServerThatIgnoresTheirCaseAreOne(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = new HistoryRig(kind(), folder, "--lower-case-table-names=1")) {
      rig.server.execute("CREATE DATABASE w");
      run(
          rig,
          "w",
          FAMILY
              + ";CREATE TABLE Bird (id int PRIMARY KEY, a int);INSERT INTO Bird VALUES (1,1);"
              + "CREATE TABLE Gone (id int PRIMARY KEY);CREATE TABLE Nest (id int PRIMARY KEY);"
              + "INSERT INTO Nest VALUES (1)");
      rig.backup();
      run(
          rig,
          "W",
          "ALTER TABLE BIRD ADD COLUMN b int DEFAULT 4;INSERT INTO bIRD VALUES (2,2,2);"
              + "RENAME TABLE biRD TO Eagle;UPDATE EAGLE SET b = b + 1;DROP TABLE GONE;"
              + "TRUNCATE TABLE NEST;CREATE TABLE Egg LIKE EAGLE;INSERT INTO egg VALUES (5,5,5);"
              + "ALTER TABLE EGG DROP COLUMN A;RENAME TABLE P TO Parents;"
              + "DELETE FROM PARENTS WHERE id = 1;DROP TABLE IF EXISTS NoSuch");
      State state = State.of(rig.server, "w");
      rig.capture();
      rig.judge().judge(rig.server, state, "");
    }
  }

  private static List<Case> everywhere() {
    return List.of(
        // The moment, the time zone and the mode are the statement's.
        of(KEYED, "ALTER TABLE t ADD COLUMN u datetime(6) DEFAULT CURRENT_TIMESTAMP(6)"),
        of(
            KEYED,
            "ALTER TABLE t ADD COLUMN u timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE"
                + " CURRENT_TIMESTAMP"),
        of(KEYED, "ALTER TABLE t ADD u varchar(40) DEFAULT (concat(utc_timestamp(), curdate()))"),
        of(KEYED, "ALTER TABLE t ADD COLUMN u int DEFAULT (a + 1)"),
        of(
            KEYED,
            "ALTER TABLE t ADD COLUMN u decimal(9,2) DEFAULT (if((a > 1) and (id > 1), cast(a * 1.5"
                + " as decimal(9,2)), coalesce(a, 0)))"),
        of(STAMPED, "SET time_zone='+05:00';ALTER TABLE t MODIFY ts datetime"),
        of(STAMPED, "SET time_zone='-03:30';ALTER TABLE t MODIFY ts varchar(30)"),
        of(STAMPED, "SET time_zone='+05:00';ALTER TABLE t ADD COLUMN d datetime DEFAULT (ts)"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY, a varchar(20));INSERT INTO t VALUES (1,'abcdef')",
            "SET sql_mode='';ALTER TABLE t MODIFY a varchar(3)"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY, a int);INSERT INTO t VALUES (1,NULL)",
            "SET sql_mode='';ALTER TABLE t MODIFY a int NOT NULL DEFAULT 7"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY, a char(9));INSERT INTO t VALUES (1,'x')",
            "SET sql_mode='PAD_CHAR_TO_FULL_LENGTH';ALTER TABLE t MODIFY a varchar(9)"),
        of(KEYED, "SET explicit_defaults_for_timestamp=0;ALTER TABLE t ADD COLUMN ts timestamp"),
        // Numbers in the order of the key, by the session's step.
        of(KEYED, "ALTER TABLE t ADD COLUMN n int NOT NULL AUTO_INCREMENT UNIQUE"),
        of(
            KEYED,
            "SET auto_increment_increment=5, auto_increment_offset=3;"
                + "ALTER TABLE t ADD COLUMN n int NOT NULL AUTO_INCREMENT UNIQUE"),
        of(
            KEYED,
            "ALTER TABLE t DROP PRIMARY KEY, ADD COLUMN n int NOT NULL AUTO_INCREMENT PRIMARY KEY"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY);INSERT INTO t VALUES (0),(5)",
            "SET sql_mode='';ALTER TABLE t MODIFY id int AUTO_INCREMENT"),
        of(KEYLESS + ";DELETE FROM t", "ALTER TABLE t ADD n int AUTO_INCREMENT PRIMARY KEY"),
        // One column for another under the same name.
        of(
            "CREATE TABLE t (id int PRIMARY KEY, a int, b int);INSERT INTO t VALUES (1,2,3)",
            "ALTER TABLE t DROP COLUMN a, ADD COLUMN a int AFTER id"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY, a int, b int);INSERT INTO t VALUES (1,2,3)",
            "ALTER TABLE t CHANGE a b int, CHANGE b a int;INSERT INTO t (id,a,b) VALUES (2,20,30)"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY, a int, b int);INSERT INTO t VALUES (1,2,3)",
            "ALTER TABLE t DROP COLUMN a, CHANGE b a int, ADD COLUMN b int"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY, e enum('x','y'));INSERT INTO t VALUES (1,'x')",
            "ALTER TABLE t MODIFY e enum('y','z','x')"),
        // Foreign keys go along with the names of what they point to, and go on acting.
        of(FAMILY, "RENAME TABLE p TO q;DELETE FROM q WHERE id = 1"),
        of(FAMILY, "ALTER TABLE p RENAME COLUMN id TO ident;DELETE FROM p WHERE ident = 1"),
        of(
            FAMILY,
            "SET foreign_key_checks=0;DROP TABLE p;CREATE TABLE p (id int PRIMARY KEY);"
                + "SET foreign_key_checks=1;INSERT INTO p VALUES (2);DELETE FROM p"),
        of(
            FAMILY,
            "CREATE TABLE n LIKE p;INSERT INTO n SELECT * FROM p;RENAME TABLE p TO old, n TO p;"
                + "DELETE FROM old WHERE id = 1"),
        of(
            "CREATE TABLE p (id int(5) unsigned zerofill PRIMARY KEY);CREATE TABLE c (id int"
                + " PRIMARY KEY, p int(5) unsigned zerofill, FOREIGN KEY (p) REFERENCES p (id) ON"
                + " DELETE CASCADE ON UPDATE CASCADE);INSERT INTO p VALUES (1),(2);INSERT INTO c"
                + " VALUES (1,1),(2,2)",
            "UPDATE p SET id = 70 WHERE id = 1;DELETE FROM p WHERE id = 2"),
        // Schemas and tables get what the session says where nothing is written.
        of(
            KEYED,
            "SET collation_server=latin1_german1_ci;DROP DATABASE $;CREATE DATABASE $;USE $;"
                + "CREATE TABLE t (a varchar(9));INSERT INTO t VALUES (0xFC)"),
        // A temporary table of the same name is none of the log's.
        of(
            KEYED,
            "CREATE TEMPORARY TABLE t (x varchar(9));INSERT INTO t VALUES ('q');"
                + "ALTER TABLE t ADD COLUMN y int;TRUNCATE t;CREATE TABLE lk LIKE t;DROP TABLE t;"
                + "INSERT INTO t VALUES (9,9)"),
        of(
            KEYED,
            "CREATE TEMPORARY TABLE t (x varchar(9));INSERT INTO t VALUES ('q');"
                + "CREATE TABLE sl SELECT * FROM t"),
        of(
            KEYED + ";CREATE TABLE a (a int)",
            "CREATE TEMPORARY TABLE tmp (x int);DROP TABLE tmp, a"),
        // Engines.
        of(KEYED, "ALTER TABLE t ENGINE=MEMORY;INSERT INTO t VALUES (7,7)"),
        of(KEYED, "ALTER TABLE t ENGINE=MyISAM;INSERT INTO t VALUES (7,7)"),
        // Some of it was done, and the rest failed.
        of(
            KEYED + ";CREATE TABLE a (a int);CREATE TABLE b (a int)",
            "FAILING DROP TABLE a, missing, b"),
        of(
            KEYED + ";CREATE TABLE a (a int)",
            "FAILING RENAME TABLE a TO x, missing TO y;INSERT INTO t VALUES (5,5)"),
        of(
            KEYED,
            "XA START 'x';INSERT INTO t VALUES (50,1);XA END 'x';XA PREPARE 'x';XA COMMIT 'x';"
                + "XA START 'y';INSERT INTO t VALUES (51,1);XA END 'y';XA PREPARE 'y';"
                + "XA ROLLBACK 'y';"
                + "XA START 'z';INSERT INTO t VALUES (52,1);XA END 'z';XA COMMIT 'z' ONE PHASE"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION a VALUES LESS"
                + " THAN (5), PARTITION b VALUES LESS THAN (9));INSERT INTO t VALUES (1),(6)",
            "ALTER TABLE t DROP PARTITION a"));
  }

  /** What {@code binlog_row_image} leaves out of new rows is their columns' defaults. */
  private static List<Case> images() {
    String many =
        "CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 5, b varchar(20) DEFAULT 'it''s', c"
            + " decimal(8,3) DEFAULT 1.5, d date DEFAULT '2020-02-29', e enum('x','y') DEFAULT 'y',"
            + " f float DEFAULT 0.1, g set('p','q','r') DEFAULT 'p,r', h bit(9) DEFAULT b'101', i"
            + " datetime(3) DEFAULT '2020-01-01 10:11:12.500', j char(5) CHARACTER SET latin1"
            + " DEFAULT 'ab', k binary(4) DEFAULT 'ab', l blob, m double DEFAULT -2.5e0, n bigint"
            + " unsigned DEFAULT 18446744073709551615, o time DEFAULT '-10:00:00', p year DEFAULT"
            + " 1999, q varchar(9) CHARACTER SET utf8mb4 DEFAULT 'ü✓', r text, s tinyint NOT NULL"
            + " DEFAULT -1)";
    String bare =
        "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b varchar(20) NOT NULL, c"
            + " decimal(8,3) NOT NULL, d date NOT NULL, e enum('x','y') NOT NULL, f float NOT NULL,"
            + " g set('p','q') NOT NULL, h bit(9) NOT NULL, i datetime(3) NOT NULL, j char(5) NOT"
            + " NULL, k binary(4) NOT NULL, o time(1) NOT NULL, p year NOT NULL)";
    return List.of(
        of(
            many,
            "SET binlog_row_image=MINIMAL;INSERT INTO t (id) VALUES (1);INSERT INTO t (id, b)"
                + " VALUES (2, 'x'),(3, NULL);UPDATE t SET c = 7 WHERE id = 1;UPDATE t SET id = 9"
                + " WHERE id = 2;REPLACE INTO t (id) VALUES (9)"),
        of(
            many + ";INSERT INTO t (id) VALUES (1),(2)",
            "SET binlog_row_image=NOBLOB;INSERT INTO t (id) VALUES (5);UPDATE t SET l = 'zz'"
                + " WHERE id = 1;UPDATE t SET a = 8;DELETE FROM t WHERE id = 2"),
        of(bare, "SET binlog_row_image=MINIMAL, sql_mode='';INSERT INTO t (id) VALUES (1)"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, n int DEFAULT 4, d datetime DEFAULT"
                + " CURRENT_TIMESTAMP)",
            "SET binlog_row_image=MINIMAL;INSERT INTO t () VALUES (),();INSERT INTO t (n) VALUES"
                + " (NULL)"),
        of(
            "CREATE TABLE t (u int NOT NULL UNIQUE, b int, c varchar(9) UNIQUE);"
                + "INSERT INTO t VALUES (1,2,'x'),(3,4,'y')",
            "SET binlog_row_image=MINIMAL;UPDATE t SET b = 9 WHERE u = 1;UPDATE t SET u = 7 WHERE"
                + " u = 3;INSERT INTO t (u) VALUES (8)"),
        of(
            "CREATE TABLE t (a int, b int);INSERT INTO t VALUES (1,2),(1,2),(3,4)",
            "SET binlog_row_image=MINIMAL;UPDATE t SET a = 9 LIMIT 1;DELETE FROM t WHERE a = 3;"
                + "INSERT INTO t (a) VALUES (8)"),
        of(
            "CREATE TABLE t (id int PRIMARY KEY, a int, b int);INSERT INTO t VALUES (1,2,3)",
            "SET binlog_row_image=MINIMAL;UPDATE t SET a = 9;ALTER TABLE t ADD COLUMN z int DEFAULT"
                + " 4 FIRST;INSERT INTO t (id) VALUES (5);UPDATE t SET b = id + 8;ALTER TABLE t"
                + " DROP PRIMARY KEY, ADD PRIMARY KEY (b);UPDATE t SET a = 1"));
  }

  private static List<Case> onMySql() {
    return List.of(
        of(
            KEYED,
            "SET default_collation_for_utf8mb4=utf8mb4_general_ci;"
                + "CREATE TABLE n (a varchar(9) CHARACTER SET utf8mb4);INSERT INTO n VALUES ('x')"),
        of(
            KEYED,
            "SET sql_generate_invisible_primary_key=ON;CREATE TABLE g (a int);"
                + "INSERT INTO g VALUES (5);ALTER TABLE g ADD COLUMN z int"),
        of(KEYED, "ALTER TABLE t ENGINE=BLACKHOLE;ALTER TABLE t ENGINE=InnoDB"),
        of(
            KEYED,
            "CREATE TABLE b (id int) ENGINE=BLACKHOLE;INSERT INTO b VALUES (1);"
                + "INSERT INTO t VALUES (9,9)"));
  }

  private List<Case> onMariaDb() {
    List<Case> cases = new ArrayList<>();
    cases.add(of(KEYED, "ALTER IGNORE TABLE t ADD UNIQUE (a)"));
    cases.add(of(KEYED, "ALTER TABLE t ADD SYSTEM VERSIONING;UPDATE t SET a = 5 WHERE id = 1"));
    cases.add(of(VERSIONED, "UPDATE t SET a = 3;ALTER TABLE t DROP SYSTEM VERSIONING"));
    cases.add(
        of(
            VERSIONED,
            "SET system_versioning_alter_history=KEEP;ALTER TABLE t MODIFY a bigint;"
                + "ALTER TABLE t ADD COLUMN x datetime(6) DEFAULT CURRENT_TIMESTAMP(6)"));
    cases.add(
        of(
            "CREATE SEQUENCE s;CREATE TABLE t (id bigint DEFAULT (nextval(s)) PRIMARY KEY, a int);"
                + "INSERT INTO t (a) VALUES (5)",
            "ALTER TABLE t MODIFY a varchar(9);INSERT INTO t (a) VALUES ('x')"));
    cases.add(
        of(
            "CREATE SEQUENCE s;CREATE TABLE t (a int)",
            "ALTER TABLE t ADD COLUMN id bigint DEFAULT (nextval(s));INSERT INTO t (a) VALUES"
                + " (1)"));
    cases.add(
        of(
            "CREATE SEQUENCE s NOCACHE;CREATE SEQUENCE o NOCACHE",
            "SELECT NEXTVAL(s), NEXTVAL(o), NEXTVAL(o);RENAME TABLE s TO moved;"
                + "CREATE TABLE orders (id int);ALTER SEQUENCE o RESTART 50;SELECT NEXTVAL(o)"));
    cases.add(
        of(
            KEYED,
            "SET explicit_defaults_for_timestamp=0;CREATE TABLE n (ts timestamp, u timestamp)"));
    cases.add(
        of(
            "CREATE TABLE t (id int, s date, e date, PERIOD FOR p (s,e), PRIMARY KEY (id, p WITHOUT"
                + " OVERLAPS));INSERT INTO t VALUES (1,'2020-01-01','2021-01-01')",
            "DELETE FROM t FOR PORTION OF p FROM '2020-03-01' TO '2020-04-01';"
                + "UPDATE t FOR PORTION OF p FROM '2020-05-01' TO '2020-06-01' SET id = 3"));
    cases.add(
        of(
            "CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 5, b varchar(9) DEFAULT 'q', u int"
                + " UNIQUE);INSERT INTO t VALUES (1,1,'x',1),(2,2,'y',2)",
            "SET binlog_row_image=MINIMAL;INSERT INTO t (id,b) VALUES (1,'z') ON DUPLICATE KEY"
                + " UPDATE a = 8;/* why */ REPLACE INTO t (id,u) VALUES (3,2);UPDATE t SET id = 9,"
                + " a = 3 WHERE id = 1;REPLACE INTO t (id) VALUES (9);UPDATE t SET a = 4"));
    if (kind() != ServerKind.MARIADB_10_11) {
      cases.add(
          of(
              "CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 5, b text);"
                  + "INSERT INTO t VALUES (1,1,'x'),(2,2,'y')",
              "SET binlog_row_image=FULL_NODUP;UPDATE t SET a = 3;REPLACE INTO t (id) VALUES (1);"
                  + "INSERT INTO t (id) VALUES (5);DELETE FROM t WHERE id = 2"));
      cases.add(
          of(
              KEYED,
              "SET character_set_collations='utf8mb4=utf8mb4_bin';"
                  + "CREATE TABLE n (a varchar(9) CHARACTER SET utf8mb4)"));
    }
    return cases;
  }

  private List<Case> refused() {
    List<Case> cases = new ArrayList<>();
    cases.add(of(KEYED, "ALTER TABLE t ADD COLUMN u bigint DEFAULT (connection_id())"));
    cases.add(of(KEYED, "ALTER TABLE t ADD COLUMN u varchar(40) DEFAULT (database())"));
    cases.add(of(KEYED, "ALTER TABLE t ADD COLUMN u varchar(40) DEFAULT (a / 3)"));
    cases.add(of(KEYLESS, "ALTER TABLE t ADD COLUMN n int NOT NULL AUTO_INCREMENT PRIMARY KEY"));
    cases.add(of(MYISAM, "ALTER TABLE t ADD COLUMN n int NOT NULL AUTO_INCREMENT UNIQUE"));
    cases.add(
        of(
            "CREATE TABLE m1 (a int) ENGINE=MyISAM;"
                + "CREATE TABLE m (a int) ENGINE=MERGE UNION=(m1) INSERT_METHOD=LAST",
            "INSERT INTO m VALUES (1)"));
    if (kind().mariaDb()) {
      cases.add(of(KEYED, "ALTER TABLE t ADD COLUMN u varchar(36) DEFAULT (uuid())"));
      cases.add(of(KEYED, "ALTER TABLE t ADD COLUMN u double DEFAULT (rand())"));
      cases.add(of(KEYED, "ALTER TABLE t ADD COLUMN u varchar(99) DEFAULT (current_user())"));
      cases.add(
          of(
              KEYED + ";CREATE SEQUENCE s",
              "ALTER TABLE t ADD COLUMN u bigint DEFAULT (NEXTVAL(s))"));
      cases.add(
          of(
              "CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 5);INSERT INTO t VALUES (1,1)",
              "SET binlog_row_image=MINIMAL, binlog_annotate_row_events=OFF;"
                  + "REPLACE INTO t (id) VALUES (1)"));
      cases.add(of(KEYLESS + ";INSERT INTO t VALUES (1)", "ALTER IGNORE TABLE t ADD UNIQUE (a)"));
    }
    return cases;
  }

  private static void run(HistoryRig rig, String schema, String statements) throws SQLException {
    try (Connection connection = rig.server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("USE " + schema);
      for (String sql : statements.replace("$", schema).split(";", -1)) {
        try {
          statement.execute(sql.replaceFirst("^FAILING ", ""));
        } catch (SQLException e) {
          if (!sql.startsWith("FAILING ")) {
            throw new SQLException(sql + ": " + e.getMessage(), e);
          }
        }
      }
    }
  }
}
