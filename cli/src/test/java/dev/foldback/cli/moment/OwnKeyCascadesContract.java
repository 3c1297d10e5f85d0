package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.log.Cut;
import dev.foldback.core.moment.Moment;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Foreign keys that change what rows are known by, below the log: folded rows must be the server's
 * own, byte for byte.
 */
abstract class OwnKeyCascadesContract {
  /** A share of the heap that has no room for the changes of one table. */
  private static final int LITTLE = 1 << 20;

  private static final String[] ORDERS = {
    "CREATE TABLE w.orders (id int PRIMARY KEY, v int)",
    "CREATE TABLE w.items (order_id int, line int, v int, PRIMARY KEY (order_id, line), FOREIGN"
        + " KEY (order_id) REFERENCES w.orders (id) ON DELETE CASCADE ON UPDATE CASCADE)",
    "CREATE TABLE w.pieces (order_id int, line int, n int, v int, PRIMARY KEY (order_id, line, n),"
        + " FOREIGN KEY (order_id, line) REFERENCES w.items (order_id, line) ON DELETE CASCADE ON"
        + " UPDATE CASCADE)",
    "CREATE TABLE w.marks (order_id int, line int, n int, v int, PRIMARY KEY (order_id, line, n),"
        + " FOREIGN KEY (order_id, line, n) REFERENCES w.pieces (order_id, line, n) ON DELETE"
        + " CASCADE ON UPDATE CASCADE)",
    "CREATE TABLE w.notes (id int PRIMARY KEY, order_id int, line int, FOREIGN KEY (order_id,"
        + " line) REFERENCES w.items (order_id, line) ON DELETE SET NULL ON UPDATE CASCADE)",
    "INSERT INTO w.orders VALUES (1, 1), (2, 2), (3, 3), (9, 9)",
    "INSERT INTO w.items VALUES (1, 1, 11), (1, 2, 12), (2, 1, 21), (3, 1, 31)",
    "INSERT INTO w.pieces VALUES (1, 1, 1, 111), (1, 2, 1, 121), (2, 1, 1, 211), (3, 1, 1, 311)",
    "INSERT INTO w.marks VALUES (1, 1, 1, 1), (1, 2, 1, 2), (2, 1, 1, 3)",
    "INSERT INTO w.notes VALUES (1, 1, 1), (2, 2, 1), (3, 3, 1), (4, NULL, 1)"
  };

  abstract ServerKind kind();

  private HistoryRig rig(Path folder, String... before) throws Exception {
    HistoryRig rig = new HistoryRig(kind(), folder);
    rig.server.execute("CREATE DATABASE w CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    rig.server.execute(before);
    rig.backup();
    return rig;
  }

  /** Folds to the place after each statement, all tables at once and each one alone. */
  private static void same(HistoryRig rig, String... statements) throws Exception {
    List<State> states = new ArrayList<>();
    for (String sql : statements) {
      rig.server.execute(sql);
      states.add(State.of(rig.server, "w"));
    }
    rig.capture();
    for (int i = 0; i < statements.length; i++) {
      State state = states.get(i);
      Cut cut = new Cut.Place(state.place());
      assertThat(rig.rows(cut)).as(statements[i]).isEqualTo(state.rows());
      if (i == statements.length - 1) {
        for (TableName table : state.rows().keySet()) {
          assertThat(rig.rows(cut, List.of(table)))
              .as("%s alone", table)
              .containsExactly(Map.entry(table, state.rows().get(table)));
        }
      }
    }
  }

  @Test
  void linesOfOrdersAreFollowedDown(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, ORDERS)) {
      same(
          rig,
          "UPDATE w.orders SET id = 5 WHERE id = 1",
          "UPDATE w.pieces SET v = v + 1 WHERE order_id = 5",
          "UPDATE w.items SET line = 7 WHERE order_id = 5 AND line = 2",
          "UPDATE w.pieces SET n = 2 WHERE order_id = 5 AND line = 7",
          "DELETE FROM w.items WHERE order_id = 5 AND line = 1",
          "INSERT INTO w.items VALUES (5, 1, 99)",
          "INSERT INTO w.pieces VALUES (5, 1, 1, 99)",
          "UPDATE w.notes SET order_id = 5, line = 7 WHERE id = 1",
          "UPDATE w.orders SET id = 1 WHERE id = 5",
          "DELETE FROM w.orders WHERE id = 1");
    }
  }

  @Test
  void newRowsUnderAKeyThatOthersLeftAreTheirOwn(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, ORDERS)) {
      same(
          rig,
          "UPDATE w.orders SET id = 5 WHERE id = 1",
          "INSERT INTO w.orders VALUES (1, 100)",
          "INSERT INTO w.items VALUES (1, 1, 100), (1, 2, 100)",
          "INSERT INTO w.pieces VALUES (1, 1, 1, 100)",
          "INSERT INTO w.notes VALUES (5, 1, 1)",
          "UPDATE w.orders SET v = v + 1",
          "DELETE FROM w.orders WHERE id = 5",
          "UPDATE w.orders SET id = 5 WHERE id = 1",
          "REPLACE INTO w.items VALUES (5, 1, 200)",
          "INSERT INTO w.pieces VALUES (5, 1, 1, 200)");
    }
  }

  @Test
  void rowsThatComeAgainAfterAPartBeganHideNothingBelow(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, ORDERS)) {
      same(
          rig,
          "UPDATE w.orders SET id = 5 WHERE id = 1",
          "UPDATE w.pieces SET v = v + 1 WHERE order_id = 5",
          "DELETE FROM w.orders WHERE id = 5",
          "INSERT INTO w.orders VALUES (5, 1)",
          "INSERT INTO w.items VALUES (5, 1, 1)",
          "INSERT INTO w.pieces VALUES (5, 1, 1, 1)",
          "INSERT INTO w.marks VALUES (5, 1, 1, 9)");
    }
  }

  @Test
  void keysThatChangePlacesAreFollowed(@TempDir Path folder) throws Exception {
    for (boolean between : new boolean[] {false, true}) {
      try (HistoryRig rig = rig(folder.resolve("" + between), ORDERS)) {
        String change = between ? "UPDATE w.pieces SET v = v + 1" : "UPDATE w.orders SET v = v + 1";
        same(
            rig,
            "UPDATE w.orders SET id = 7 WHERE id = 1",
            change,
            "UPDATE w.orders SET id = 1 WHERE id = 2",
            change,
            "UPDATE w.orders SET id = 2 WHERE id = 7",
            change,
            "UPDATE w.orders SET id = id + 1 ORDER BY id DESC",
            change,
            "DELETE FROM w.orders WHERE id = 2");
      }
    }
  }

  @Test
  void changesOfOtherRowsBeginNoPart(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, ORDERS)) {
      List<String> statements = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        statements.add(
            "UPDATE w.orders SET id = " + (10 + (i + 1) % 2) + " WHERE id IN (9, 10, 11)");
        statements.add("UPDATE w.items SET v = v + 1 WHERE order_id < 9");
      }
      rig.server.execute(statements.toArray(new String[0]));
      State end = State.of(rig.server, "w");
      rig.capture();
      assertThat(rig.rows(new Cut.End())).isEqualTo(end.rows());
    }
  }

  @Test
  void tooManyTurnsAreRefusedWithThePlace(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, ORDERS)) {
      List<State> states = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        rig.server.execute(
            "UPDATE w.orders SET id = " + (10 + (i + 1) % 2) + " WHERE id IN (1, 10, 11)");
        states.add(State.of(rig.server, "w"));
        rig.server.execute("UPDATE w.items SET v = v + 1 WHERE order_id > 9");
      }
      State end = State.of(rig.server, "w");
      rig.capture();
      State last = states.getLast();
      assertThat(rig.rows(new Cut.Place(last.place()))).isEqualTo(last.rows());
      assertThatThrownBy(() -> rig.rows(new Cut.Place(end.place())))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_NOT_FOLDABLE))
          .hasMessageContaining("at " + last.place())
          .hasMessageContaining("what a foreign key of w.items did then is not in the log")
          .hasMessageContaining("part of the rows' own key")
          .hasMessageContaining("64");
    }
  }

  @Test
  void whatIsNotAskedForRefusesNothing(@TempDir Path folder) throws Exception {
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.top (id int PRIMARY KEY)",
            "CREATE TABLE w.low (a int PRIMARY KEY, b int AS (a + 1) STORED, FOREIGN KEY (b)"
                + " REFERENCES w.top (id) ON DELETE CASCADE)",
            "INSERT INTO w.top VALUES (1), (2)")) {
      rig.server.execute("DELETE FROM w.top WHERE id = 1");
      State end = State.of(rig.server, "w");
      rig.capture();
      TableName top = new TableName("w", "top");
      assertThat(rig.rows(new Cut.End(), List.of(top)))
          .containsExactly(Map.entry(top, end.rows().get(top)));
      assertThatThrownBy(() -> rig.rows(new Cut.End()))
          .isInstanceOf(FoldbackException.class)
          .hasMessageContaining("over a generated column");
    }
  }

  @Test
  void textsAreWrittenAsTheyAreAbove(@TempDir Path folder) throws Exception {
    String code = "code varchar(9) CHARACTER SET latin1";
    String up = " REFERENCES w.codes (code) ON DELETE CASCADE ON UPDATE CASCADE)";
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.codes (" + code + " PRIMARY KEY)",
            "CREATE TABLE w.uses ("
                + code
                + ", n int, v int, PRIMARY KEY (code, n), FOREIGN KEY"
                + " (code)"
                + up,
            "CREATE TABLE w.only (" + code + " PRIMARY KEY, FOREIGN KEY (code)" + up,
            "CREATE TABLE w.deep (id int PRIMARY KEY, "
                + code
                + ", FOREIGN KEY (code) REFERENCES"
                + " w.only (code) ON DELETE SET NULL ON UPDATE CASCADE)",
            "INSERT INTO w.codes VALUES ('a'), ('b')",
            "INSERT INTO w.uses VALUES ('A', 1, 1), ('a ', 2, 1), ('B', 1, 1)",
            "INSERT INTO w.only VALUES ('A '), ('b')",
            "INSERT INTO w.deep VALUES (1, 'a'), (2, 'B'), (3, 'b ')")) {
      same(
          rig,
          "UPDATE w.codes SET code = 'A' WHERE code = 'a'",
          "UPDATE w.uses SET v = 2 WHERE code = 'A'",
          "INSERT INTO w.uses VALUES ('a  ', 3, 1)",
          "UPDATE w.codes SET code = 'c' WHERE code = 'a'",
          "UPDATE w.codes SET code = 'A ' WHERE code = 'b'",
          "INSERT INTO w.uses VALUES ('a', 9, 9)",
          "UPDATE w.uses SET code = 'C ' WHERE n = 9",
          "UPDATE w.deep SET code = 'C' WHERE id = 3",
          "DELETE FROM w.codes WHERE code = 'c'",
          "INSERT INTO w.uses VALUES ('A', 7, 7)");
    }
  }

  @Test
  void tablesWithoutAKeyAreFollowed(@TempDir Path folder) throws Exception {
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.top (id int PRIMARY KEY)",
            "CREATE TABLE w.mid (id int PRIMARY KEY, top int UNIQUE, FOREIGN KEY (top) REFERENCES"
                + " w.top (id) ON DELETE CASCADE ON UPDATE CASCADE)",
            "CREATE TABLE w.low (top int, v int, FOREIGN KEY (top) REFERENCES w.top (id) ON DELETE"
                + " CASCADE ON UPDATE CASCADE)",
            "CREATE TABLE w.last (mid int, v int, FOREIGN KEY (mid) REFERENCES w.mid (id) ON DELETE"
                + " CASCADE)",
            "CREATE TABLE w.side (top int, v int, FOREIGN KEY (top) REFERENCES w.mid (top) ON"
                + " DELETE CASCADE)",
            "CREATE TABLE w.empty (top int, v int, FOREIGN KEY (top) REFERENCES w.top (id) ON"
                + " DELETE SET NULL)",
            "INSERT INTO w.top VALUES (1), (2), (3)",
            "INSERT INTO w.mid VALUES (1, 1), (2, 2)",
            "INSERT INTO w.low VALUES (1, 1), (1, 1), (2, 2), (3, 3)",
            "INSERT INTO w.last VALUES (1, 1), (1, 1), (2, 1)",
            "INSERT INTO w.side VALUES (1, 1), (1, 1), (2, 1)",
            "INSERT INTO w.empty VALUES (1, 1), (1, 1), (2, 2), (NULL, 1)")) {
      same(
          rig,
          "DELETE FROM w.top WHERE id = 1",
          "INSERT INTO w.top VALUES (1)",
          "INSERT INTO w.low VALUES (1, 1)",
          "INSERT INTO w.mid VALUES (1, 1)",
          "INSERT INTO w.last VALUES (1, 1)",
          "INSERT INTO w.side VALUES (1, 1)",
          "DELETE FROM w.empty WHERE top IS NULL LIMIT 2",
          "UPDATE w.top SET id = 4 WHERE id = 3",
          "INSERT INTO w.low VALUES (4, 3)",
          "DELETE FROM w.low WHERE top = 4 LIMIT 1",
          "DELETE FROM w.top WHERE id = 2",
          "INSERT INTO w.empty VALUES (NULL, 2)");
    }
  }

  @Test
  void aTableThatPointsToItselfUnderAnotherOnesKeyIsFollowed(@TempDir Path folder)
      throws Exception {
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.trees (id int PRIMARY KEY)",
            "CREATE TABLE w.nodes (tree int, n int, up int, PRIMARY KEY (tree, n), UNIQUE (n),"
                + " FOREIGN KEY (tree) REFERENCES w.trees (id) ON DELETE CASCADE ON UPDATE CASCADE,"
                + " FOREIGN KEY (up) REFERENCES w.nodes (n) ON DELETE CASCADE)",
            "INSERT INTO w.trees VALUES (1), (2)",
            "INSERT INTO w.nodes VALUES (1, 1, NULL), (1, 2, 1), (1, 3, 2), (2, 4, NULL), (2,"
                + " 5, 4)")) {
      same(
          rig,
          "UPDATE w.trees SET id = 3 WHERE id = 1",
          "INSERT INTO w.nodes VALUES (3, 6, 3)",
          "DELETE FROM w.nodes WHERE n = 2",
          "UPDATE w.trees SET id = 1 WHERE id = 2",
          "INSERT INTO w.nodes VALUES (1, 2, 5), (1, 7, 2)",
          "UPDATE w.nodes SET up = 1 WHERE n = 5",
          "DELETE FROM w.nodes WHERE n = 1");
    }
  }

  @Test
  void consolidatedRowsAreABaseForMore(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, ORDERS)) {
      same(
          rig,
          "UPDATE w.orders SET id = 5 WHERE id = 1",
          "UPDATE w.items SET v = v + 1 WHERE order_id = 5");
      rig.consolidate();
      same(
          rig,
          "UPDATE w.orders SET id = 1 WHERE id = 5",
          "INSERT INTO w.items VALUES (1, 5, 5)",
          "DELETE FROM w.orders WHERE id = 1");
    }
  }

  @Test
  void statementsThatGiveRowsAnotherFormOrKeyTakeThemOver(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, ORDERS)) {
      same(
          rig,
          "UPDATE w.orders SET id = 5 WHERE id = 1",
          "UPDATE w.items SET v = v + 1 WHERE order_id = 5",
          "ALTER TABLE w.items ADD COLUMN more varchar(9) DEFAULT 'x'",
          "UPDATE w.orders SET id = 6 WHERE id = 5",
          "ALTER TABLE w.items ADD COLUMN other int",
          "DELETE FROM w.orders WHERE id = 2",
          "ALTER TABLE w.pieces ADD UNIQUE KEY (order_id, line, n), DROP PRIMARY KEY, ADD PRIMARY"
              + " KEY (n, order_id, line)",
          "UPDATE w.orders SET id = 7 WHERE id = 6",
          "UPDATE w.pieces SET v = 0 WHERE order_id = 7",
          "RENAME TABLE w.items TO w.lines",
          "UPDATE w.lines SET line = 4 WHERE order_id = 7 AND line = 1",
          "INSERT INTO w.pieces VALUES (7, 4, 8, 8)",
          "DELETE FROM w.orders WHERE id = 7");
    }
  }

  @Test
  void imagesThatLeaveOutWhereARowPointsKeepWhatHappenedToIt(@TempDir Path folder)
      throws Exception {
    try (HistoryRig rig =
        rig(
            folder,
            "CREATE TABLE w.top (id int PRIMARY KEY)",
            "CREATE TABLE w.low (id int PRIMARY KEY, a int, b int, v int, FOREIGN KEY (a)"
                + " REFERENCES w.top (id) ON DELETE SET NULL ON UPDATE CASCADE, FOREIGN KEY (b)"
                + " REFERENCES w.top (id) ON DELETE SET NULL ON UPDATE CASCADE)",
            "INSERT INTO w.top VALUES (1), (2), (3)",
            "INSERT INTO w.low VALUES (1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3), (4, 1, 2, 4)",
            "SET GLOBAL binlog_row_image = MINIMAL")) {
      same(
          rig,
          "UPDATE w.top SET id = 20 WHERE id = 2",
          "UPDATE w.low SET id = 7 WHERE id = 2",
          "INSERT INTO w.top VALUES (2)",
          "UPDATE w.low SET a = 2 WHERE id = 4",
          "UPDATE w.low SET v = v + 1",
          "UPDATE w.low SET a = 2, b = 2 WHERE id = 1",
          "DELETE FROM w.top WHERE id = 2",
          "UPDATE w.top SET id = 2 WHERE id = 20",
          "UPDATE w.low SET b = 3 WHERE id = 7",
          "UPDATE w.top SET id = 30 WHERE id = 3");
    }
  }

  @Test
  void workByChanceFoldsToWhatTheServerHeld(@TempDir Path folder) throws Exception {
    judge(folder, "FULL", false);
  }

  @Test
  void minimalImagesAndStatementsBetweenFoldToo(@TempDir Path folder) throws Exception {
    judge(folder, "MINIMAL", true);
  }

  private void judge(Path folder, String image, boolean statements) throws Exception {
    for (int i = 0; i < Integer.getInteger("foldback.own.seeds", 1); i++) {
      long seed = Seed.next() + i;
      try {
        judge(folder.resolve("" + i), seed, image, statements);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void judge(Path folder, long seed, String image, boolean statements) throws Exception {
    OwnKeyWork work = new OwnKeyWork(seed);
    List<State> states = new ArrayList<>();
    try (HistoryRig rig = new HistoryRig(kind(), folder, "--binlog-row-image=" + image);
        Connection connection = rig.server.connect()) {
      rig.server.execute("CREATE DATABASE w CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
      rig.server.execute(OwnKeyWork.SCHEMA.toArray(new String[0]));
      work.run(connection, 100);
      rig.backup();
      for (int i = 0; i < Integer.getInteger("foldback.own.states", 8); i++) {
        work.run(connection, i < 4 ? 1 + i : Integer.getInteger("foldback.own.transactions", 20));
        if (statements) {
          rig.server.execute(work.statement());
          work.run(connection, 3);
        }
        states.add(State.of(rig.server, "w"));
      }
      rig.capture();
      for (State state : states) {
        Cut cut = new Cut.Place(state.place());
        assertThat(rig.rows(cut, Moment.SHARE)).as("%s", cut).isEqualTo(state.rows());
        assertThat(rig.rows(cut, LITTLE)).as("%s, little memory", cut).isEqualTo(state.rows());
      }
    }
  }
}
