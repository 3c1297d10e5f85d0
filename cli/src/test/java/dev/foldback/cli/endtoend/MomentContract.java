package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.cli.moment.Workload;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.log.Cut;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.restore.RestoreResult;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.Scope;
import dev.foldback.testkit.server.ServerComparator;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole restores to a moment, judged by dump tools and plain queries on both sides. */
abstract class MomentContract {
  private final long seed = Seed.next();

  abstract ServerKind kind();

  private TestServer source() {
    return TestServers.fresh(kind(), ServerOptions.quick().with("--binlog-format=ROW"));
  }

  @Test
  void theEndOfTheLogComesBackIdentical(@TempDir Path folder) throws Exception {
    try (TestServer source = source();
        TestServer target = TestServers.fresh(kind())) {
      Rig rig = Rig.init(folder);
      source.execute(Workload.schema(kind().mariaDb()).toArray(new String[0]));
      Workload work = new Workload(seed, kind().mariaDb(), false);
      try (Connection connection = source.connect()) {
        work.run(connection, 200);
        rig.backup(source.endpoint());
        work.run(connection, 300);
        source.execute(
            "CREATE TABLE w.late (id int AUTO_INCREMENT PRIMARY KEY, v varchar(9))",
            "INSERT INTO w.late (v) VALUES ('a'), ('b'), ('c')",
            "DELETE FROM w.late WHERE id = 3",
            "ALTER TABLE w.parts ADD COLUMN extra int DEFAULT 7 FIRST",
            "CREATE VIEW w.of_late AS SELECT v FROM w.late",
            "CREATE TRIGGER w.t BEFORE INSERT ON w.late FOR EACH ROW SET NEW.v = UPPER(NEW.v)",
            "INSERT INTO w.late (v) VALUES ('d')",
            "CREATE PROCEDURE w.p() SELECT COUNT(*) FROM w.late");
        work.run(connection, 100);
      }
      rig.capture(source.endpoint(), true, false, Progress.NONE);

      RestoreResult result = rig.restore(target.endpoint());

      assertThat(result.compared()).isTrue();
      // Numbers that were given out and rolled back stand in no log: like a replica, the target
      // goes
      // on after the last that was used.
      for (TestServer one : List.of(source, target)) {
        one.execute("ALTER TABLE w.ints AUTO_INCREMENT=300000");
      }
      assertThat(ServerComparator.compare(source, target, Scope.EVERYTHING))
          .as("seed " + seed)
          .isEmpty();
      target.execute("INSERT INTO w.late (v) VALUES ('x')");
      // 3 was given out and deleted, 4 is there.
      assertThat(column(target, "SELECT MAX(id) FROM w.late")).containsExactly("5");
      assertThat(schemas(target)).noneMatch(s -> s.startsWith("foldback_"));
    }
  }

  @Test
  void aTableComesBackAsItWasBeforeAMistakeBesideTheLiveOne(@TempDir Path folder) throws Exception {
    try (TestServer source = source()) {
      Rig rig = Rig.init(folder);
      source.execute(
          "CREATE DATABASE shop",
          "CREATE TABLE shop.orders (id int PRIMARY KEY, total decimal(9,2))",
          "INSERT INTO shop.orders VALUES (1, 10), (2, 20), (3, 30)");
      rig.backup(source.endpoint());
      source.execute(
          "UPDATE shop.orders SET total = 25 WHERE id = 2",
          "INSERT INTO shop.orders VALUES (4, 40)");
      Thread.sleep(1100);
      Instant good = now(source);
      Thread.sleep(1100);
      source.execute("DELETE FROM shop.orders", "DROP TABLE shop.orders");
      source.execute("CREATE TABLE shop.orders (id int PRIMARY KEY, other int)");
      rig.capture(source.endpoint(), true, false, Progress.NONE);

      rig.restore(
          source.endpoint(),
          new Cut.At(good),
          new Selection(List.of("shop.orders"), List.of()),
          new Renames(
              Map.of(),
              Map.of(new TableName("shop", "orders"), new TableName("shop", "orders_found"))),
          LoadRequest.Existing.REFUSE,
          Progress.NONE);

      assertThat(column(source, "SELECT CONCAT(id, ' ', total) FROM shop.orders_found ORDER BY id"))
          .containsExactly("1 10.00", "2 25.00", "3 30.00", "4 40.00");
      assertThat(column(source, "SELECT COUNT(*) FROM shop.orders")).containsExactly("0");
    }
  }

  @Test
  void aTransactionThatMemoryHasNoRoomForComesBack(@TempDir Path folder) throws Exception {
    try (TestServer source = source();
        TestServer target = TestServers.fresh(kind())) {
      Rig rig = Rig.init(folder);
      source.execute(
          "CREATE DATABASE shop",
          "CREATE TABLE shop.big (id int AUTO_INCREMENT PRIMARY KEY, t varchar(1000))",
          "INSERT INTO shop.big (t) VALUES (REPEAT('a', 900)), (REPEAT('b', 900))");
      rig.backup(source.endpoint());
      List<String> doubling = new ArrayList<>(List.of("BEGIN"));
      for (int i = 0; i < 14; i++) {
        doubling.add("INSERT INTO shop.big (t) SELECT t FROM shop.big");
      }
      doubling.add("COMMIT");
      source.execute(doubling.toArray(String[]::new));
      rig.capture(source.endpoint(), true, false, Progress.NONE);

      assertThat(rig.restore(target.endpoint()).rows()).isEqualTo(32768);
      assertThat(target.texts("CHECKSUM TABLE shop.big"))
          .isEqualTo(source.texts("CHECKSUM TABLE shop.big"));
    }
  }

  @Test
  void aTransactionThatWasPreparedBeforeASnapshotAndCommittedAfterIsThere(@TempDir Path folder)
      throws Exception {
    try (TestServer source = source();
        TestServer target = TestServers.fresh(kind())) {
      Rig rig = Rig.init(folder);
      source.execute(
          "CREATE DATABASE shop",
          "CREATE TABLE shop.orders (id int PRIMARY KEY, total decimal(9,2))",
          "INSERT INTO shop.orders VALUES (1, 10), (2, 20), (3, 30)");
      rig.backup(source.endpoint());
      source.execute("INSERT INTO shop.orders VALUES (4, 40)");
      rig.capture(source.endpoint(), true, false, Progress.NONE);
      source.execute(
          "XA START 'x'",
          "UPDATE shop.orders SET total = 25 WHERE id = 2",
          "XA END 'x'",
          "XA PREPARE 'x'");
      rig.backup(source.endpoint());
      source.execute("XA COMMIT 'x'", "INSERT INTO shop.orders VALUES (5, 50)");
      rig.capture(source.endpoint(), true, false, Progress.NONE);

      rig.restore(target.endpoint());

      assertThat(column(target, "SELECT CONCAT(id, ' ', total) FROM shop.orders ORDER BY id"))
          .containsExactly("1 10.00", "2 25.00", "3 30.00", "4 40.00", "5 50.00");
    }
  }

  @Test
  void whatAKilledRestoreLeftIsNoPartOfBackupsAndRemovedByTheNext(@TempDir Path folder)
      throws Exception {
    try (TestServer source = source()) {
      Rig rig = Rig.init(folder);
      source.execute(
          "CREATE DATABASE shop",
          "CREATE TABLE shop.orders (id int PRIMARY KEY)",
          "CREATE DATABASE foldback_stage_1abc_0",
          "CREATE TABLE foldback_stage_1abc_0.orders (id int PRIMARY KEY)",
          "CREATE DATABASE foldback_stage_2def_r1_0");
      assertThat(rig.backup(source.endpoint()).manifest().findings())
          .filteredOn(f -> f.code().equals("restore-unfinished"))
          .hasSize(2);
      source.execute("ALTER TABLE shop.orders ADD COLUMN v int");
      rig.capture(source.endpoint(), true, false, Progress.NONE);
      try (Connection living = source.connect();
          Statement statement = living.createStatement()) {
        statement.execute("SELECT GET_LOCK('foldback_stage_2def', 0)");

        rig.restore(
            source.endpoint(),
            new Cut.End(),
            new Selection(List.of("shop"), List.of()),
            new Renames(Map.of("shop", "beside"), Map.of()),
            LoadRequest.Existing.REFUSE,
            Progress.NONE);
      }
      assertThat(column(source, "SHOW TABLES FROM beside")).containsExactly("orders");
      assertThat(schemas(source))
          .filteredOn(s -> s.startsWith("foldback_"))
          .containsExactly("foldback_stage_2def_r1_0");
    }
  }

  @Test
  void rowsOfSomeKeysComeBackBesideTheLiveOnes(@TempDir Path folder) throws Exception {
    try (TestServer source = source()) {
      Rig rig = Rig.init(folder);
      source.execute(
          "CREATE DATABASE shop",
          "CREATE TABLE shop.line (id int, part varchar(9), v varchar(20), PRIMARY KEY (id, part))",
          "INSERT INTO shop.line VALUES (1, 'a', 'one'), (2, 'a', 'two'), (2, 'B', 'deux'), (3,"
              + " 'a', 'x')");
      rig.backup(source.endpoint());
      source.execute(
          "UPDATE shop.line SET v='later' WHERE id=2 AND part='a'",
          "INSERT INTO shop.line VALUES (4, 'a', 'four')");
      rig.capture(source.endpoint(), true, false, Progress.NONE);
      source.execute("DELETE FROM shop.line");

      TableName line = new TableName("shop", "line");
      RestoreResult some =
          rig.restoreRows(
              source.endpoint(),
              new Cut.End(),
              line,
              new TableName("shop", "found"),
              "id BETWEEN 2 AND 4 AND part = 'a'");

      assertThat(some.rows()).isEqualTo(3);
      assertThat(some.compared()).isTrue();
      assertThat(column(source, "SELECT CONCAT(id, part, v) FROM shop.found ORDER BY id"))
          .containsExactly("2alater", "3ax", "4afour");
      assertThat(column(source, "SELECT COUNT(*) FROM shop.line")).containsExactly("0");

      RestoreResult none =
          rig.restoreRows(
              source.endpoint(), new Cut.End(), line, new TableName("shop", "none"), "id = 99");
      assertThat(none.rows()).isZero();
      assertThat(column(source, "SELECT COUNT(*) FROM shop.none")).containsExactly("0");
      // Of a part nothing is proven of the whole.
      assertThat(rig.listing().entries().getLast().proof()).isEmpty();

      assertThatThrownBy(
              () ->
                  rig.restoreRows(
                      source.endpoint(),
                      new Cut.End(),
                      line,
                      new TableName("shop", "no"),
                      "v = 'x'"))
          .hasMessageContaining("'v' is no column of the key");
      assertThat(column(source, "SHOW TABLES FROM shop LIKE 'no'")).isEmpty();
    }
  }

  private static Instant now(TestServer server) throws Exception {
    return Instant.ofEpochSecond(
        Long.parseLong(column(server, "SELECT UNIX_TIMESTAMP()").getFirst()));
  }

  private static List<String> schemas(TestServer server) throws Exception {
    return column(server, "SHOW DATABASES");
  }

  private static List<String> column(TestServer server, String sql) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new java.util.ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
