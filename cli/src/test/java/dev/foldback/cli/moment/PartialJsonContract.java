package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.testkit.JsonWork;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that logs parts of JSON documents, under each kind of row image: what is folded of it is
 * what it held, to the byte. Keys change meanwhile, tables have no key, columns are generated from
 * documents, and transactions are compressed.
 */
abstract class PartialJsonContract {
  private static final int OUT_OF_RANGE = 1264;
  private static final int DUPLICATE = 1062;
  private static final int LARGE_EDITS = 300;

  abstract ServerKind kind();

  private HistoryRig rig(Path folder, String image) throws SQLException {
    HistoryRig rig =
        new HistoryRig(
            kind(),
            folder,
            "--binlog-row-value-options=PARTIAL_JSON",
            "--binlog-row-image=" + image);
    rig.server.execute(
        "CREATE DATABASE w CHARACTER SET utf8mb4",
        "CREATE TABLE w.docs (id int PRIMARY KEY, j json, n int, k json, t text)",
        "CREATE TABLE w.moved (k json, id int, b varchar(9), j json, PRIMARY KEY (b, id))",
        "CREATE TABLE w.nokey (j json, n int)",
        "CREATE TABLE w.gen (v json AS (j->'$.a') VIRTUAL, id bigint AUTO_INCREMENT PRIMARY KEY,"
            + " s json AS (j->'$.b') STORED, j json, len int AS (json_length(j)), KEY (len))");
    return rig;
  }

  @ParameterizedTest
  @ValueSource(strings = {"FULL", "MINIMAL", "NOBLOB"})
  void documentsFoldToWhatTheServerHeld(String image, @TempDir Path folder) throws Exception {
    long seed = Seed.next();
    Random random = new Random(seed);
    JsonWork work = new JsonWork(random, true);
    try (HistoryRig rig = rig(folder, image)) {
      List<State> states = new ArrayList<>();
      try (Connection connection = rig.server.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("USE w");
        work(statement, work, random, 100);
        rig.backup();
        for (int i = 0; i < 4; i++) {
          statement.execute("SET binlog_transaction_compression=" + i % 2);
          work(statement, work, random, 150);
          states.add(State.of(rig.server, "w"));
        }
      }
      assertThat(parts(rig)).isGreaterThan(50);
      rig.capture();
      for (State state : states) {
        rig.judge().judge(rig.server, state, "seed " + seed + ", " + image);
      }
    } catch (SQLException | FoldbackException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** How many events of the first log file hold parts. */
  private static int parts(HistoryRig rig) throws SQLException {
    int count = 0;
    try (Connection connection = rig.server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW BINLOG EVENTS")) {
      while (row.next()) {
        count += row.getString("Event_type").equals("Update_rows_partial") ? 1 : 0;
      }
    }
    return count;
  }

  private static void work(Statement statement, JsonWork work, Random random, int transactions)
      throws SQLException {
    for (int i = 0; i < transactions; i++) {
      statement.execute("BEGIN");
      for (int j = random.nextInt(3); j >= 0; j--) {
        try {
          statement.execute(dml(work, random));
        } catch (SQLException e) {
          // A key that is there, or a length that has no room: part of life.
          assertThat(e.getErrorCode()).isIn(DUPLICATE, OUT_OF_RANGE);
        }
      }
      statement.execute("COMMIT");
    }
  }

  private static String dml(JsonWork work, Random random) {
    int id = random.nextInt(30);
    String some = " WHERE id % 6 = " + random.nextInt(6);
    return switch (random.nextInt(14)) {
      case 0 ->
          "REPLACE INTO docs VALUES (%d, %s, 1, %s, 't')"
              .formatted(id, work.document(), random.nextBoolean() ? "NULL" : work.document());
      case 1 ->
          "REPLACE INTO moved VALUES (%s, %d, 'b', %s)"
              .formatted(work.document(), id, work.document());
      case 2 -> "INSERT INTO nokey VALUES (%s, %d)".formatted(work.document(), id);
      case 3 -> "INSERT INTO gen (j) VALUES (" + work.document() + ")";
      case 4, 5 -> "UPDATE docs SET j = " + work.change("j") + some;
      case 6 -> "UPDATE docs SET k = " + work.change("k") + ", j = " + work.change("j") + some;
      case 7 -> "UPDATE docs SET n = n + 1, k = " + work.change("k") + ", t = 'u'" + some;
      case 8 -> "UPDATE moved SET id = id + 7, j = " + work.change("j") + " WHERE id = " + id;
      case 9 -> "UPDATE moved SET b = 'c', k = " + work.change("k") + " WHERE id = " + id;
      case 10 -> "UPDATE moved SET k = " + work.change("k") + ", j = " + work.document() + some;
      case 11 -> "UPDATE nokey SET n = n + 1, j = " + work.change("j") + " WHERE n = " + id;
      case 12 -> "UPDATE gen SET j = " + work.change("j") + some;
      default ->
          "DELETE FROM "
              + List.of("docs", "moved", "gen").get(random.nextInt(3))
              + " WHERE id = "
              + id;
    };
  }

  /** One that the snapshot holds, and one that came after it. */
  @Test
  void veryLargeDocumentsAreFoldedAfterHundredsOfEdits(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, "MINIMAL")) {
      String document =
          "SELECT %d, JSON_OBJECT('n', 0, 'all', JSON_ARRAYAGG(REPEAT('x', 1000))), 0, '{}', ''"
              + " FROM (WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i <"
              + " 20000) SELECT i FROM r) AS all_of_them";
      String[] insert = {
        "SET cte_max_recursion_depth=20000", "INSERT INTO w.docs " + document.formatted(1)
      };
      rig.server.execute(insert);
      rig.backup();
      insert[1] = "INSERT INTO w.docs " + document.formatted(2);
      rig.server.execute(insert);
      List<String> edits = new ArrayList<>(List.of("SET autocommit=0"));
      for (int i = 0; i < LARGE_EDITS; i++) {
        edits.add(
            "UPDATE w.docs SET n = n + 1, j = JSON_REPLACE(j, '$.n', %d, '$.all[%d]',"
                    .formatted(i, i * 61)
                + " REPEAT('y', 1000)), k = JSON_SET(k, '$.k%d', 'new')".formatted(i));
        edits.add("COMMIT");
      }
      rig.server.execute(edits.toArray(String[]::new));
      State state = State.of(rig.server, "w");
      rig.capture();
      assertThat(rig.logBytes()).isLessThan(40 << 20);
      rig.judge().judge(rig.server, state, "no seed");
    }
  }

  @Test
  void changesOfPartsAreTold(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, "MINIMAL")) {
      String filler = "JSON_OBJECT('n', 1, 'f', REPEAT('f', 100))";
      rig.server.execute("INSERT INTO w.docs VALUES (1, " + filler + ", 5, NULL, 't')");
      rig.backup();
      rig.server.execute("UPDATE w.docs SET j = JSON_SET(JSON_REMOVE(j, '$.f'), '$.n', 2)");
      rig.capture();
      assertThat(rig.json(rig.all(), false).text())
          .contains(
              "\"before\":{}", "\"after\":{\"j\":\"JSON_REMOVE('$.f'), JSON_REPLACE('$.n', 2)\"}");
      assertThat(rig.text(rig.all(), false).text())
          .contains(
              "update w.docs (id \"1\"): j -> \"JSON_REMOVE('$.f'), JSON_REPLACE('$.n', 2)\"");
      assertThatThrownBy(() -> rig.undo(rig.all()))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_REVERSIBLE));
    }
  }

  @Test
  void aPartOfADocumentThatTheLogNeverSawIsNotGuessed(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, "MINIMAL")) {
      String document = "JSON_OBJECT('%s', 1, 'f', REPEAT('f', 100))";
      rig.server.execute(
          "INSERT INTO w.docs VALUES (7, %s, 5, NULL, 't')".formatted(document.formatted("a")));
      rig.backup();
      rig.server.execute(
          "SET sql_log_bin=0",
          "UPDATE w.docs SET j = " + document.formatted("b"),
          "SET sql_log_bin=1",
          "UPDATE w.docs SET j = JSON_REMOVE(j, '$.b')");
      State state = State.of(rig.server, "w");
      rig.capture();
      assertThatThrownBy(() -> rig.judge().judge(rig.server, state, "no seed"))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FOLD_MISMATCH))
          .hasMessageContaining("w.docs, id=7: the log holds parts of a value that do not fit");
    }
  }

  @Test
  void changesOfPartsAreTakenBackWhereTheLogHasWholeRows(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = rig(folder, "FULL")) {
      rig.backup();
      rig.server.execute(
          "INSERT INTO w.docs VALUES (1, '{\"a\": \"" + "x".repeat(99) + "\"}', 5, '[]', 't')");
      State before = State.of(rig.server, "w");
      for (int i = 0; i < 20; i++) {
        String places = "'$.n', " + i + ", '$.\"a b\"', JSON_ARRAY(1, 'x')";
        rig.server.execute("UPDATE w.docs SET j = JSON_SET(j, " + places + "), n = n + 1");
        rig.server.execute("UPDATE w.docs SET j = JSON_REMOVE(j, '$.n')");
      }
      State after = State.of(rig.server, "w");
      rig.capture();
      assertThat(parts(rig)).isGreaterThan(30);
      rig.run(rig.undo(rig.between(before, after)));
      assertThat(State.of(rig.server, "w").rows()).isEqualTo(before.rows());
    }
  }
}
