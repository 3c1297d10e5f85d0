package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server lived through is told as it was, and SQL takes it back exactly. */
abstract class HistoryContract {
  private static final TableName T = new TableName("w", "t");

  abstract ServerKind kind();

  /** Whether the log holds what foreign keys did. */
  boolean cascadesAreLogged() {
    return false;
  }

  private HistoryRig shop(Path folder) throws Exception {
    HistoryRig rig = new HistoryRig(kind(), folder);
    rig.server.execute(
        "CREATE DATABASE w CHARACTER SET utf8mb4",
        "CREATE TABLE w.t (id int PRIMARY KEY, name varchar(30) CHARACTER SET latin1, bin"
            + " varbinary(9), n int) ENGINE=InnoDB",
        "CREATE TABLE w.parent (id int PRIMARY KEY)",
        "CREATE TABLE w.child (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES w.parent (id)"
            + " ON DELETE CASCADE)",
        "INSERT INTO w.t VALUES (1, 'old', x'00FF', 1)");
    rig.backup();
    return rig;
  }

  private static List<JsonNode> nodes(HistoryRig.Told told) {
    ObjectMapper mapper = new ObjectMapper();
    return told.lines().stream()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(line, e);
              }
            })
        .toList();
  }

  @Test
  void changesAreWhatWasDone(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = shop(folder)) {
      rig.server.execute("INSERT INTO w.t VALUES (9, 'before', NULL, 9)");
      State from = State.of(rig.server, "w");
      rig.server.execute(
          "INSERT INTO w.t VALUES (2, 'Zürich, \"x\"', x'0009', NULL)",
          "UPDATE w.t SET name = 'new', bin = NULL WHERE id = 1",
          "DELETE FROM w.t WHERE id = 9",
          "INSERT INTO w.parent VALUES (1)");
      State to = State.of(rig.server, "w");
      String newest = rig.newest();
      rig.server.execute("INSERT INTO w.t VALUES (10, 'after', NULL, 9)");
      rig.capture();

      HistoryRig.Told told = rig.json(rig.between(from, to), false);
      List<JsonNode> nodes = nodes(told);
      assertThat(nodes).hasSize(4);
      assertThat(nodes.get(0).get("kind").asText()).isEqualTo("insert");
      assertThat(nodes.get(0).get("key").toString()).isEqualTo("{\"id\":\"2\"}");
      assertThat(nodes.get(0).get("before").isNull()).isTrue();
      assertThat(nodes.get(0).get("after").toString())
          .isEqualTo("{\"id\":\"2\",\"name\":\"Zürich, \\\"x\\\"\",\"bin\":\"0x0009\",\"n\":null}");
      assertThat(nodes.get(1).get("kind").asText()).isEqualTo("update");
      assertThat(nodes.get(1).get("before").toString())
          .isEqualTo("{\"name\":\"old\",\"bin\":\"0x00FF\"}");
      assertThat(nodes.get(1).get("after").toString()).isEqualTo("{\"name\":\"new\",\"bin\":null}");
      assertThat(nodes.get(2).get("kind").asText()).isEqualTo("delete");
      assertThat(nodes.get(3).get("transaction").asText()).isEqualToIgnoringCase(newest);
      assertThat(nodes.get(3).get("place").asText()).startsWith("binlog.");
      assertThat(told.summary().transactions()).isEqualTo(4);
      assertThat(told.summary().inserts()).isEqualTo(2);
      assertThat(told.summary().updates()).isEqualTo(1);
      assertThat(told.summary().deletes()).isEqualTo(1);
      assertThat(told.summary().complete()).isTrue();

      assertThat(nodes(rig.json(rig.between(from, to, T), false))).hasSize(3);
      assertThat(nodes(rig.json(rig.of(newest), false))).hasSize(1);
      assertThat(rig.json(rig.all(), false).summary().inserts()).isEqualTo(4);
      assertThat(rig.csv(rig.between(from, to)).text())
          .startsWith(
              "committed,transaction,place,kind,schema,table,key,before,after,statement\r\n")
          .contains("\"{\"\"name\"\":\"\"new\"\",\"\"bin\"\":null}\"")
          .endsWith(",\r\n");
      assertThat(rig.text(rig.between(from, to), false).lines())
          .contains("  update w.t (id \"1\"): name \"old\" -> \"new\", bin \"0x00FF\" -> NULL");
      assertThat(String.join("\n", rig.text(rig.between(from, to), true).lines()))
          .contains(" w.t: 1 insert")
          .contains(" w.parent: 1 insert, 0 updates, 0 deletes");
    }
  }

  @Test
  void ofATableThatDdlNamesNoRowIsGuessed(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = shop(folder)) {
      rig.server.execute(
          "INSERT INTO w.t VALUES (2, 'a', NULL, 2)",
          "ALTER TABLE w.t ADD COLUMN more int FIRST",
          "INSERT INTO w.t VALUES (7, 3, 'b', NULL, 3)",
          "CREATE TABLE w.made (id int PRIMARY KEY)",
          "INSERT INTO w.made VALUES (5)",
          "INSERT INTO w.parent VALUES (1)");
      rig.capture();
      HistoryRig.Told alone = rig.json(rig.all(), false);
      assertThat(alone.summary().inserts()).isEqualTo(2);
      assertThat(alone.summary().statements()).isEqualTo(2);
      assertThat(alone.summary().complete()).isFalse();
      assertThat(alone.summary().findings()).hasSize(2);
      assertThat(alone.summary().findings().getLast().subject()).isEqualTo("w.t");
      assertThat(alone.summary().findings().getLast().message())
          .contains("binlog.", "ALTER TABLE w.t");

      HistoryRig.Told followed = rig.json(rig.all(), true);
      assertThat(followed.summary().complete()).isTrue();
      assertThat(followed.summary().inserts()).isEqualTo(4);
      assertThat(followed.text()).contains("\"more\":\"7\"", "\"table\":\"made\"");
    }
  }

  @Test
  void aRangeOfTransactionsByChanceIsTakenBackExactly(@TempDir Path folder) throws Exception {
    long seed = Seed.next();
    try (HistoryRig rig = new HistoryRig(kind(), folder)) {
      Workload work = new Workload(seed, kind().mariaDb(), false, false);
      rig.server.execute(Workload.schema(kind().mariaDb()).toArray(new String[0]));
      State before;
      State after;
      try (Connection connection = rig.server.connect()) {
        work.run(connection, 150);
        rig.backup();
        work.run(connection, 50);
        before = State.of(rig.server, "w");
        work.run(connection, 200);
        after = State.of(rig.server, "w");
      }
      rig.capture();
      assertThat(after.rows()).isNotEqualTo(before.rows());
      HistoryRig.Script script = rig.undo(rig.between(before, after));
      assertThat(script.findings()).isEmpty();
      rig.run(script);
      State now = State.of(rig.server, "w");
      assertThat(now.rows()).as("seed " + seed).isEqualTo(before.rows());
      assertThat(now.place()).isNotEqualTo(after.place());

      // The rows are other ones now: the same script fails, and nothing happens.
      assertThatThrownBy(() -> rig.run(script)).isInstanceOf(SQLException.class);
      assertThat(State.of(rig.server, "w").rows()).as("seed " + seed).isEqualTo(before.rows());
    } catch (SQLException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  @Test
  void oneTransactionIsTakenBackUnlessARowHasChangedSince(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = shop(folder)) {
      State before = State.of(rig.server, "w");
      try (Connection connection = rig.server.connect();
          var statement = connection.createStatement()) {
        statement.execute("BEGIN");
        statement.execute("INSERT INTO w.t VALUES (5, '\\'\\\\', 0x27, -5)");
        statement.execute("UPDATE w.t SET n = n + 1, name = 'ÄÖ' WHERE id = 1");
        statement.execute("COMMIT");
      }
      String transaction = rig.newest();
      rig.capture();
      HistoryRig.Script script = rig.undo(rig.of(transaction));
      rig.server.execute("UPDATE w.t SET name = 'äö' WHERE id = 1");
      State changed = State.of(rig.server, "w");
      assertThatThrownBy(() -> rig.run(script))
          .hasMessageContaining("the row is not as the change left it");
      assertThat(State.of(rig.server, "w").rows()).isEqualTo(changed.rows());
      // A client that goes on after errors commits nothing either.
      assertThat(client(rig, script, "--force"))
          .contains("ERROR 1062", "not as the change left it");
      assertThat(State.of(rig.server, "w").rows()).isEqualTo(changed.rows());

      rig.server.execute("UPDATE w.t SET name = 'ÄÖ' WHERE id = 1");
      assertThat(client(rig, script)).doesNotContain("ERROR");
      assertThat(State.of(rig.server, "w").rows()).isEqualTo(before.rows());
    }
  }

  @Test
  void valuesOfEveryTypeAreTakenBack(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = shop(folder)) {
      rig.server.execute(TYPES);
      rig.server.execute("SET sql_mode = ''", ROW.formatted(1), ROW.formatted(2));
      keyed(rig, 1, "datetime(3)", "'2020-01-01 01:02:03.456'");
      keyed(rig, 2, "double", "-0.1");
      keyed(rig, 3, "float", "0.1");
      keyed(rig, 4, "enum('x','y')", "'y'");
      keyed(rig, 5, "varchar(9) CHARACTER SET latin1", "'é'");
      keyed(rig, 6, "time", "'-01:00:00'");
      // Snapshots of one second have no order by their names.
      Thread.sleep(1100);
      rig.backup();
      State before = State.of(rig.server, "w");
      rig.server.execute(
          "SET sql_mode = ''",
          "UPDATE w.`odd ``types` SET u = 'x', e = 'b', d = '2020-01-01' WHERE id = 1",
          "DELETE FROM w.`odd ``types` WHERE id = 2",
          ROW.formatted(3),
          "INSERT INTO w.`odd ``types` (id) VALUES (9)",
          "UPDATE w.`odd ``types` SET id = 0 WHERE id = 9",
          "DELETE FROM w.`odd ``types` WHERE id = 0",
          "UPDATE w.k1 SET v = 2",
          "UPDATE w.k2 SET v = 2",
          "UPDATE w.k3 SET v = 2",
          "UPDATE w.k4 SET v = 2",
          "UPDATE w.k5 SET v = 2, k = 'É '",
          "UPDATE w.k6 SET v = 2");
      State after = State.of(rig.server, "w");
      rig.capture();
      rig.run(rig.undo(rig.between(before, after)));
      assertThat(State.of(rig.server, "w").rows()).isEqualTo(before.rows());
    }
  }

  private static final String TYPES =
      "CREATE TABLE w.`odd ``types` (id int AUTO_INCREMENT PRIMARY KEY, e enum('a','b'), e2"
          + " enum('a','b'), d date, dt datetime(6), ts timestamp NULL DEFAULT CURRENT_TIMESTAMP ON"
          + " UPDATE CURRENT_TIMESTAMP, t time(6), y year, u varchar(9) CHARACTER SET ucs2, w"
          + " char(9) CHARACTER SET utf16, s varchar(9) CHARACTER SET sjis, g point, b64 bit(64), m"
          + " mediumtext, z int(9) zerofill, dc decimal(65,30), db double, fl float, bn binary(3))"
          + " ENGINE=InnoDB";

  private static final String ROW =
      "INSERT INTO w.`odd ``types` VALUES (%d, 0, 'b', '0000-00-00', '2020-02-31 10:00:00.000001',"
          + " '2001-01-01 00:00:01', '-838:59:59', 0, 'Ω', '😀', _utf8mb4'ソ表', POINT(1.5, -2),"
          + " b'1000000000000000000000000000000000000000000000000000000000000001', 'a''b\\\\c\\n;',"
          + " 7, -1.000000000000000000000000000001, 1.7976931348623157e308, 0.1, x'00')";

  private static void keyed(HistoryRig rig, int number, String type, String value)
      throws SQLException {
    String table = "w.k" + number;
    rig.server.execute(
        "CREATE TABLE " + table + " (k " + type + " PRIMARY KEY, v int) ENGINE=InnoDB",
        "INSERT INTO " + table + " VALUES (" + value + ", 1)");
  }

  /** What the server's own client says of a script. */
  private static String client(HistoryRig rig, HistoryRig.Script script, String... options)
      throws Exception {
    List<String> command = new java.util.ArrayList<>(rig.server.clientTool());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-h" + rig.server.host(), "-P" + rig.server.port(), "-u" + rig.server.user()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MYSQL_PWD", rig.server.password());
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(script.sql().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  @Test
  void whatForeignKeysDidBelowTheLogIsSaidAndRowsThatCameLaterAreSafe(@TempDir Path folder)
      throws Exception {
    try (HistoryRig rig = shop(folder)) {
      rig.server.execute(
          "INSERT INTO w.parent VALUES (1), (2)", "INSERT INTO w.child VALUES (10, 1)");
      State before = State.of(rig.server, "w");
      rig.server.execute("INSERT INTO w.parent VALUES (3)");
      State inserted = State.of(rig.server, "w");
      rig.server.execute("DELETE FROM w.parent WHERE id = 1");
      State deleted = State.of(rig.server, "w");
      rig.capture();
      HistoryRig.Script deletion = rig.undo(rig.between(inserted, deleted));
      if (cascadesAreLogged()) {
        assertThat(deletion.findings()).isEmpty();
        rig.run(deletion);
        assertThat(State.of(rig.server, "w").rows()).isEqualTo(inserted.rows());
      } else {
        assertThat(deletion.findings()).containsExactly("cascades-unlogged w.child");
        assertThat(deletion.sql()).contains("-- WARNING: w.child ");
      }

      HistoryRig.Script insertion = rig.undo(rig.between(before, inserted));
      assertThat(insertion.findings()).isEmpty();
      rig.server.execute("INSERT INTO w.child VALUES (30, 3)");
      State referred = State.of(rig.server, "w");
      assertThatThrownBy(() -> rig.run(insertion)).hasMessageContaining("other rows refer to this");
      assertThat(State.of(rig.server, "w").rows()).isEqualTo(referred.rows());
      rig.server.execute("DELETE FROM w.child");
      rig.run(insertion);
    }
  }

  @Test
  void triggersAreSaidToFire(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = shop(folder)) {
      rig.server.execute("CREATE TRIGGER w.tr AFTER INSERT ON w.parent FOR EACH ROW SET @x = 1");
      State before = State.of(rig.server, "w");
      rig.server.execute("INSERT INTO w.parent VALUES (1)");
      State after = State.of(rig.server, "w");
      rig.capture();
      // Snapshots of one second have no order by their names.
      Thread.sleep(1100);
      rig.backup();
      rig.server.execute("INSERT INTO w.parent VALUES (2)", "INSERT INTO w.child VALUES (1, 2)");
      State later = State.of(rig.server, "w");
      rig.capture();
      assertThat(rig.undo(rig.between(before, after)).findings())
          .as("a trigger that the log made")
          .containsExactly("triggers-fire w.parent");
      assertThat(rig.undo(rig.between(after, later)).findings())
          .as("a trigger of the snapshot")
          .containsExactly("triggers-fire w.parent");
    }
  }

  @Test
  void whatNoScriptTakesBackIsRefused(@TempDir Path folder) throws Exception {
    try (HistoryRig rig = shop(folder)) {
      State before = State.of(rig.server, "w");
      rig.server.execute("INSERT INTO w.parent VALUES (1)", "TRUNCATE TABLE w.t");
      State after = State.of(rig.server, "w");
      rig.capture();
      assertThatThrownBy(() -> rig.undo(rig.between(before, after)))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_REVERSIBLE))
          .hasMessageContaining("TRUNCATE TABLE w.t");
      assertThat(rig.undo(rig.between(before, after, new TableName("w", "parent"))).sql())
          .contains("DELETE FROM `w`.`parent` WHERE `id` = 1;");
      assertThatThrownBy(() -> rig.json(rig.between(after, before), false))
          .hasMessageContaining("is before");
      assertThatThrownBy(() -> rig.json(rig.between(before, after, new TableName("w", "x")), false))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.NOTHING_SELECTED));
    }
  }
}
