package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.Cut;
import dev.foldback.testkit.server.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Foreign keys over text that act below the log: folded rows must be the server's own, byte for
 * byte, or be refused.
 */
abstract class TextCascadesContract {
  private static final String ON_BOTH = " ON DELETE CASCADE ON UPDATE CASCADE";

  abstract ServerKind kind();

  /** A collation where blanks at the end count and letters are alike in both cases. */
  abstract String noPad();

  /** One where bytes decide, and blanks at the end count. */
  abstract String noPadBinary();

  private HistoryRig rig(Path folder, String... before) throws Exception {
    HistoryRig rig = new HistoryRig(kind(), folder);
    rig.server.execute("CREATE DATABASE w CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    rig.server.execute(before);
    rig.backup();
    return rig;
  }

  /** A table with a text that is pointed to, and one with a key to it. */
  private static String[] pair(String type, String actions) {
    return new String[] {
      "CREATE TABLE w.top (id int PRIMARY KEY, k " + type + " NOT NULL UNIQUE)",
      "CREATE TABLE w.low (id int PRIMARY KEY, k "
          + type
          + ", v int, FOREIGN KEY (k) REFERENCES w.top (k)"
          + actions
          + ")"
    };
  }

  private static String[] and(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /** Folds to the end of the log, and at some places before. */
  private static void same(HistoryRig rig, String... statements) throws Exception {
    State half = null;
    for (int i = 0; i < statements.length; i++) {
      rig.server.execute(statements[i]);
      half = i == statements.length / 2 ? State.of(rig.server, "w") : half;
    }
    State end = State.of(rig.server, "w");
    rig.capture();
    for (State state : new State[] {half, end}) {
      assertThat(rig.rows(new Cut.Place(state.place()))).isEqualTo(state.rows());
    }
  }

  private static void refused(HistoryRig rig, String why, String... statements) throws Exception {
    rig.server.execute(statements);
    rig.capture();
    assertThatThrownBy(() -> rig.rows(new Cut.End()))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_NOT_FOLDABLE))
        .hasMessageContaining("what a foreign key of w.low did then is not in the log")
        .hasMessageContaining(why);
  }

  @Test
  void uuidsAreFollowedOverSeveralLevels(@TempDir Path folder) throws Exception {
    String uuid = "char(36) CHARACTER SET ascii";
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.top (id " + uuid + " PRIMARY KEY, v int)",
            "CREATE TABLE w.mid (id "
                + uuid
                + " PRIMARY KEY, top "
                + uuid
                + ", FOREIGN KEY (top) REFERENCES w.top (id) ON DELETE CASCADE)",
            "CREATE TABLE w.low (id "
                + uuid
                + " PRIMARY KEY, mid "
                + uuid
                + ", FOREIGN KEY (mid) REFERENCES w.mid (id) ON DELETE SET NULL)",
            "CREATE TABLE w.last (id int PRIMARY KEY, mid "
                + uuid
                + ", FOREIGN KEY (mid) REFERENCES w.mid (id)"
                + ON_BOTH
                + ")",
            "INSERT INTO w.top VALUES (UUID(), 1), (UUID(), 2), (UUID(), 3), (UUID(), 4)",
            "INSERT INTO w.mid SELECT UUID(), UPPER(id) FROM w.top UNION ALL SELECT UUID(), id FROM"
                + " w.top",
            "INSERT INTO w.low SELECT UUID(), UPPER(id) FROM w.mid",
            "INSERT INTO w.last SELECT ROW_NUMBER() OVER (ORDER BY id), id FROM w.mid")) {
      same(
          rig,
          "DELETE FROM w.top WHERE v = 1",
          "INSERT INTO w.mid SELECT UUID(), id FROM w.top WHERE v = 3",
          "UPDATE w.low SET id = UUID() WHERE mid IS NULL LIMIT 1",
          "DELETE FROM w.top WHERE v = 2",
          "INSERT INTO w.last SELECT 100, MIN(id) FROM w.mid",
          "DELETE FROM w.mid ORDER BY id LIMIT 1");
    }
  }

  @Test
  void codesAreEqualInBothCasesAndWithBlanks(@TempDir Path folder) throws Exception {
    List<String> actions =
        List.of(
            ON_BOTH,
            " ON DELETE SET NULL ON UPDATE CASCADE",
            " ON DELETE CASCADE ON UPDATE SET NULL");
    for (String type : List.of("varchar(12)", "char(12)", "varchar(12) CHARACTER SET latin1")) {
      List<String> before = new ArrayList<>();
      before.add("CREATE TABLE w.top (id int PRIMARY KEY, k " + type + " NOT NULL UNIQUE)");
      before.add("INSERT INTO w.top VALUES (1, 'ab-1'), (2, 'B 2'), (3, 'c'), (4, 'd')");
      for (int i = 0; i < actions.size(); i++) {
        before.add(
            ("CREATE TABLE w.low" + i + " (id int PRIMARY KEY, k " + type + ", v int,")
                + (" FOREIGN KEY (k) REFERENCES w.top (k)" + actions.get(i) + ")"));
        before.add(
            ("INSERT INTO w.low" + i + " (id, k) VALUES (1, 'AB-1'), (2, 'aB-1  '), (3, 'b 2'),")
                + " (4, 'c '), (5, 'C'), (6, 'D'), (7, NULL)");
      }
      try (HistoryRig rig = rig(folder.resolve(type), before.toArray(new String[0]))) {
        same(
            rig,
            // Other bytes are another value, be it equal or not.
            "UPDATE w.top SET k = 'aB-1' WHERE id = 1",
            "INSERT INTO w.low0 (id, k) VALUES (8, 'AB-1'), (9, 'B 2')",
            "INSERT INTO w.low2 (id, k) VALUES (8, 'AB-1'), (9, 'B 2')",
            "UPDATE w.top SET k = 'B 2 ' WHERE id = 2",
            "UPDATE w.low1 SET v = 1 WHERE id IN (1, 5)",
            "UPDATE w.top SET k = 'E' WHERE id = 3",
            "INSERT INTO w.top VALUES (13, 'c')",
            "INSERT INTO w.low1 (id, k) VALUES (10, 'C '), (11, 'e')",
            "UPDATE w.top SET k = CASE id WHEN 1 THEN 'b 2' ELSE 'x' END WHERE id IN (2, 1) ORDER"
                + " BY id DESC",
            "DELETE FROM w.top WHERE k IN ('C', 'D')");
      }
    }
  }

  @Test
  void blanksCountWhereTheCollationDoesNotPad(@TempDir Path folder) throws Exception {
    for (String type : List.of("varchar(9)", "char(9)")) {
      try (HistoryRig rig =
          rig(
              folder.resolve(type),
              and(
                  pair(type + " COLLATE " + noPad(), ON_BOTH),
                  "INSERT INTO w.top VALUES (1, 'a'), (2, 'b'), (3, 'c')",
                  "INSERT IGNORE INTO w.top VALUES (4, 'a '), (5, 'b  ')",
                  "INSERT IGNORE INTO w.low (id, k) VALUES (1, 'A'), (2, 'A '), (3, 'B'), (4, 'b"
                      + "  ')",
                  "INSERT INTO w.low (id, k) VALUES (5, 'c')"))) {
        same(
            rig,
            "UPDATE w.top SET k = 'x' WHERE id = 1",
            "DELETE FROM w.top WHERE id = 5",
            "UPDATE w.top SET k = 'C ' WHERE id = 3",
            "DELETE FROM w.top WHERE id = 2");
      }
    }
  }

  @Test
  void whereBytesDecideAnyTextIsFollowed(@TempDir Path folder) throws Exception {
    List<String> types =
        List.of(
            "varbinary(12)",
            "varchar(12) COLLATE utf8mb4_bin",
            "varchar(12) COLLATE " + noPadBinary(),
            "char(6) CHARACTER SET latin1 COLLATE latin1_bin",
            "binary(6)");
    List<String> before = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      for (String sql :
          and(
              pair(types.get(i), ON_BOTH),
              "INSERT INTO w.top VALUES (1, 'é'), (2, 'e'), (3, 'E'), (4, 'tab\\t\\\\'), (5, 'ö')",
              "INSERT INTO w.low (id, k) SELECT id, k FROM w.top")) {
        before.add(sql.replace("w.top", "w.top" + i).replace("w.low", "w.low" + i));
      }
      for (String sql :
          List.of(
              "UPDATE w.top SET k = 'ß' WHERE id = 1",
              "DELETE FROM w.top WHERE id = 3",
              "UPDATE w.top SET k = 'a\\nb' WHERE id = 4",
              "UPDATE w.top SET k = 'Ö' WHERE id = 5",
              "UPDATE w.top SET k = '\\0' WHERE id = 2")) {
        statements.add(sql.replace("w.top", "w.top" + i));
      }
    }
    try (HistoryRig rig = rig(folder, before.toArray(new String[0]))) {
      same(rig, statements.toArray(new String[0]));
    }
  }

  @Test
  void ofSeveralColumnsThoseThatChangedAboveAreWritten(@TempDir Path folder) throws Exception {
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.top (id int PRIMARY KEY, a varchar(9) NOT NULL, b int NOT NULL, UNIQUE"
                + " (a, b))",
            "CREATE TABLE w.mid (id int PRIMARY KEY, a varchar(9), b int, UNIQUE (a, b), FOREIGN"
                + " KEY (a, b) REFERENCES w.top (a, b)"
                + ON_BOTH
                + ")",
            "CREATE TABLE w.low (id int PRIMARY KEY, b int, a varchar(9), FOREIGN KEY (a, b)"
                + " REFERENCES w.mid (a, b) ON DELETE SET NULL ON UPDATE CASCADE)",
            "CREATE TABLE w.other (id int PRIMARY KEY, b int, a varchar(9), FOREIGN KEY (a, b)"
                + " REFERENCES w.top (a, b) ON DELETE CASCADE ON UPDATE SET NULL)",
            "INSERT INTO w.top VALUES (1, 'abc', 1), (2, 'abc', 2), (3, 'x', 1)",
            "INSERT INTO w.mid VALUES (1, 'ABC', 1), (2, 'Abc ', 2), (3, 'X', 1), (4, 'nil', NULL)",
            "INSERT INTO w.low VALUES (1, 1, 'aBC'), (2, 2, 'abc'), (3, 1, 'x'), (4, NULL, 'X')",
            "INSERT INTO w.other SELECT * FROM w.low")) {
      same(
          rig,
          "UPDATE w.top SET b = 7 WHERE id = 1",
          "UPDATE w.mid SET a = NULL WHERE id = 4",
          // The row between is gone in the end, and what was changed through it is not.
          "DELETE FROM w.mid WHERE id = 1",
          "UPDATE w.top SET a = 'aBc' WHERE id = 2",
          "UPDATE w.top SET a = 'y', b = 9 WHERE id = 3",
          "DELETE FROM w.top WHERE id = 2");
    }
  }

  @Test
  void rowsBetweenThatComeAgainUnderTheirKeyHideNothing(@TempDir Path folder) throws Exception {
    String code = "varchar(9) PRIMARY KEY, ";
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.top (k " + code + "v int)",
            "CREATE TABLE w.mid (k "
                + code
                + "up varchar(9), FOREIGN KEY (up) REFERENCES w.top (k) ON DELETE CASCADE)",
            "CREATE TABLE w.low (k "
                + code
                + "up varchar(9), FOREIGN KEY (up) REFERENCES w.mid (k)"
                + ON_BOTH
                + ")",
            "CREATE TABLE w.last (id int PRIMARY KEY, up varchar(9), FOREIGN KEY (up) REFERENCES"
                + " w.low (k) ON DELETE SET NULL)",
            "INSERT INTO w.top VALUES ('a', 1), ('b', 1)",
            "INSERT INTO w.mid VALUES ('m', 'A'), ('n', 'b'), ('o', 'a'), ('p', 'b')",
            "INSERT INTO w.low VALUES ('l', 'M'), ('i', 'N'), ('j', 'o'), ('k', 'P')",
            "INSERT INTO w.last VALUES (1, 'L'), (2, 'i'), (3, 'j'), (4, 'k')")) {
      same(
          rig,
          "DELETE FROM w.top WHERE k = 'a'",
          "INSERT INTO w.low VALUES ('L', 'n')",
          "INSERT INTO w.last VALUES (5, 'l')",
          // Others come under a key that went, or stay under theirs in other letters.
          "INSERT INTO w.mid VALUES ('x', NULL)",
          "UPDATE w.mid SET k = 'M' WHERE k = 'x'",
          "UPDATE w.mid SET k = 'N' WHERE k = 'n'",
          "INSERT INTO w.low VALUES ('q', 'm')",
          "UPDATE w.mid SET k = 'O' WHERE k = 'p'");
    }
  }

  @Test
  void aTableThatPointsToItselfIsFollowed(@TempDir Path folder) throws Exception {
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.self (k varchar(9) PRIMARY KEY, up varchar(9), FOREIGN KEY (up)"
                + " REFERENCES w.self (k) ON DELETE CASCADE)",
            "INSERT INTO w.self VALUES ('a', NULL), ('b', 'A'), ('c', 'B '), ('d', 'a'), ('e',"
                + " NULL)",
            "INSERT INTO w.self VALUES ('f', 'E')")) {
      same(
          rig,
          "DELETE FROM w.self WHERE k = 'b'",
          "INSERT INTO w.self VALUES ('B', 'a'), ('g', 'b')",
          "DELETE FROM w.self WHERE k = 'A'",
          "INSERT INTO w.self VALUES ('A', NULL), ('b ', 'a')");
    }
  }

  @Test
  void aTextThatMayEqualOthersIsRefusedWhereARowMeetsIt(@TempDir Path folder) throws Exception {
    String why = "other characters than ASCII letters, digits and signs";
    String[] rows =
        and(
            pair("varchar(9)", ON_BOTH),
            "INSERT INTO w.top VALUES (1, 'é'), (2, 'b'), (3, 'c')",
            "INSERT INTO w.low (id, k) VALUES (1, 'e'), (2, 'b')");
    try (HistoryRig rig = rig(folder.resolve("above"), rows)) {
      refused(rig, why, "DELETE FROM w.top WHERE id = 1");
    }
    rows[rows.length - 1] = "INSERT INTO w.low (id, k) VALUES (1, 'é'), (2, 'b')";
    try (HistoryRig rig = rig(folder.resolve("below"), rows)) {
      // Rows that changed later are safe, and so are those of which nothing happened.
      same(rig, "UPDATE w.low SET k = 'É' WHERE id = 1", "UPDATE w.top SET id = 9 WHERE id = 1");
      refused(rig, why, "DELETE FROM w.top WHERE id = 2");
      same(rig, "UPDATE w.low SET v = 1 WHERE k = 'e'");
    }
    try (HistoryRig rig = rig(folder.resolve("both"), rows)) {
      same(
          rig,
          "UPDATE w.low SET v = 1 WHERE id = 2",
          "INSERT INTO w.low (id, k) VALUES (3, 'é')",
          "DELETE FROM w.low WHERE id = 2",
          // The same bytes are the same text.
          "DELETE FROM w.top WHERE id = 1",
          "INSERT INTO w.low (id, k) VALUES (4, 'B')");
    }
  }

  @Test
  void columnsThatAreComparedOrWrittenInUnknownWaysAreRefused(@TempDir Path folder)
      throws Exception {
    String[] czech = pair("varchar(9) COLLATE utf8mb4_czech_ci", ON_BOTH);
    try (HistoryRig rig = rig(folder.resolve("czech"), czech)) {
      refused(
          rig,
          "the key is over a type or collation whose comparisons Foldback does not know",
          "INSERT INTO w.top VALUES (1, 'ch')",
          "DELETE FROM w.top");
    }
    String[] mixed = pair("char(9)", ON_BOTH);
    mixed[1] = mixed[1].replace("char(9)", "varchar(9)");
    try (HistoryRig rig = rig(folder.resolve("mixed"), mixed)) {
      refused(
          rig,
          "the key is over columns of different types or collations",
          "INSERT INTO w.top VALUES (1, 'a')",
          "UPDATE w.top SET k = 'b'");
    }
    String[] generated = {
      "CREATE TABLE w.top (id int PRIMARY KEY)",
      "CREATE TABLE w.low (a int PRIMARY KEY, b int AS (a + 1) STORED, FOREIGN KEY (b) REFERENCES"
          + " w.top (id) ON DELETE CASCADE)"
    };
    try (HistoryRig rig = rig(folder.resolve("generated"), generated)) {
      refused(
          rig,
          "the key is over a generated column",
          "INSERT INTO w.top VALUES (2)",
          "DELETE FROM w.top");
    }
    String[] between = {
      "CREATE TABLE w.top (k varchar(9) PRIMARY KEY)",
      "CREATE TABLE w.mid (id int PRIMARY KEY, k varchar(9) UNIQUE, FOREIGN KEY (k) REFERENCES"
          + " w.top (k) ON UPDATE CASCADE)",
      "CREATE TABLE w.low (id int PRIMARY KEY, k varchar(9), FOREIGN KEY (k) REFERENCES w.mid (k)"
          + " ON UPDATE CASCADE)",
      "INSERT INTO w.top VALUES ('a')",
      "INSERT INTO w.mid VALUES (1, 'A')",
      "INSERT INTO w.low VALUES (1, 'a')"
    };
    try (HistoryRig rig = rig(folder.resolve("between"), between)) {
      same(
          rig,
          "UPDATE w.top SET k = 'b'",
          "UPDATE w.mid SET id = 2",
          "UPDATE w.top SET k = 'c'",
          "UPDATE w.mid SET id = 3");
      // Whether the row between had that text before, and nothing happened, is not known.
      refused(
          rig,
          "the key is over a column that another such key sets",
          "UPDATE w.top SET k = 'C'",
          "UPDATE w.mid SET id = 4");
    }
  }
}
