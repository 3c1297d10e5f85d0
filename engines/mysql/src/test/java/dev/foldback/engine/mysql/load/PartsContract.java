package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large tables go in parts that are each committed; here parts are small. */
abstract class PartsContract {
  private static final int PART = 100_000;

  private final TestServer source = TestServers.shared(kind());
  private final TestServer target = SecondServers.of(kind());

  abstract ServerKind kind();

  @BeforeEach
  void make() throws Exception {
    empty();
    System.setProperty(ChunkSize.PROPERTY, String.valueOf(PART));
    source.execute(
        "CREATE DATABASE parts",
        "CREATE TABLE parts.keyed (id int PRIMARY KEY, v varchar(60), KEY (v))",
        "CREATE TABLE parts.keyless (a int, v longtext)",
        "CREATE TABLE parts.digits AS SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3"
            + " UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8"
            + " UNION SELECT 9",
        "INSERT INTO parts.keyed SELECT n, CONCAT('a\\tb\\n\\\\', SHA1(n)) FROM (SELECT a.d * 1000"
            + " + b.d * 100 + c.d * 10 + d.d AS n FROM parts.digits a, parts.digits b,"
            + " parts.digits c, parts.digits d) x",
        "INSERT INTO parts.keyed SELECT id + 10000, v FROM parts.keyed",
        "DROP TABLE parts.digits",
        "INSERT INTO parts.keyless SELECT id DIV 2, IF(id % 2, v, NULL) FROM parts.keyed",
        "INSERT INTO parts.keyless SELECT 1, REPEAT(v, 3000) FROM parts.keyed LIMIT 3",
        "INSERT INTO parts.keyless SELECT * FROM parts.keyless LIMIT 1000");
  }

  @AfterEach
  void empty() throws Exception {
    System.clearProperty(ChunkSize.PROPERTY);
    Emptying.everything(source);
    Emptying.everything(target);
  }

  @Test
  void manyPartsMakeTheWholeTable() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    int before = loads();
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      taken.restore(to, taken.request());
    }
    long bytes = taken.rows().values().stream().mapToLong(Taken.Rows::bytes).sum();
    // Every part ends with a row: those of 150 kB make longer ones.
    assertThat(loads() - before).isBetween((int) (bytes / PART / 2), (int) (bytes / PART) + 2);
    assertWhole();
  }

  @Test
  void aConnectionLostInTheMiddleOfTheTableLoadsNoRowTwice() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      LoadPlan plan = to.plan(taken.request());
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        for (TableDefinition table : plan.tables()) {
          Interrupted rows = new Interrupted(taken.rows(table), 3 * PART, this::killLoading);
          session.load(table, rows);
          assertThat(rows.opened()).as("streams over " + table.name()).isEqualTo(2);
        }
        session.createPrograms();
        session.complete();
      }
    }
    assertWhole();
  }

  @Test
  void aQueryKilledInTheMiddleOfTheTableLoadsNoRowTwice() throws Exception {
    loadsAgain(
        other -> {
          String waiting =
              other.value(
                  "SELECT trx_mysql_thread_id FROM information_schema.INNODB_TRX WHERE trx_state ="
                      + " 'LOCK WAIT'");
          other.run("KILL QUERY " + waiting);
        });
  }

  @Test
  void aDeadlockInTheMiddleOfTheTableLoadsNoRowTwice() throws Exception {
    // It waits for rows of the load, which waits for a row of its own; the load has fewer to lose.
    loadsAgain(other -> other.rows("SELECT COUNT(v) FROM parts.keyed FOR UPDATE"));
  }

  /** Another session holds the last row that the load will bring, and then does something. */
  private void loadsAgain(Sabotage sabotage) throws Exception {
    target.execute(
        "CREATE DATABASE other",
        "CREATE TABLE other.weight (a int AUTO_INCREMENT PRIMARY KEY)",
        "INSERT INTO other.weight VALUES (1), (2), (3), (4), (5), (6), (7), (8)");
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint());
        Connection connection = target.connect();
        Db other = new Db(connection)) {
      LoadPlan plan = to.plan(taken.request());
      TableDefinition keyed =
          plan.tables().stream().filter(t -> t.name().table().equals("keyed")).findFirst().get();
      List<Thread> saboteur = new ArrayList<>();
      Interrupted rows =
          new Interrupted(taken.rows(keyed), 3 * PART, () -> saboteur.add(hold(other, sabotage)));
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        session.load(keyed, rows);
      }
      saboteur.getFirst().join();
      assertThat(rows.opened()).isEqualTo(2);
      taken.restore(to, taken.request());
    }
    target.execute("DROP DATABASE other");
    assertWhole();
  }

  private static Thread hold(Db other, Sabotage sabotage) {
    try {
      other.run("START TRANSACTION");
      for (int i = 0; i < 11; i++) {
        other.run("INSERT INTO other.weight SELECT NULL FROM other.weight");
      }
      other.run("INSERT INTO parts.keyed VALUES (19999, 'other')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                String waiting =
                    "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK"
                        + " WAIT'";
                while (other.value(waiting).equals("0")) {
                  // The server answers from before to who asks again within 100 ms.
                  Thread.sleep(200);
                }
                sabotage.with(other);
                other.run("ROLLBACK");
              } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private interface Sabotage {
    void with(Db other) throws SQLException;
  }

  @Test
  void aServerThatIsStartedAgainInTheMiddleIsWaitedFor() throws Exception {
    // More than can be on its way when the server dies.
    source.execute(
        "DELETE FROM parts.keyed WHERE id >= 150",
        "ALTER TABLE parts.keyed DROP KEY v, MODIFY v longtext",
        "UPDATE parts.keyed SET v = REPEAT(v, 3000)",
        "DELETE FROM parts.keyless",
        "INSERT INTO parts.keyless SELECT id, v FROM parts.keyed");
    Taken taken = Taken.from(source, Selection.ALL);
    try (TestServer restarted = TestServers.fresh(kind());
        MySqlTarget to = MySqlTarget.open(restarted.endpoint())) {
      LoadPlan plan = to.plan(taken.request());
      List<Thread> restarting = new ArrayList<>();
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        for (TableDefinition table : plan.tables()) {
          Interrupted rows =
              new Interrupted(
                  taken.rows(table), 3 * PART, () -> restarting.add(restart(restarted)));
          session.load(table, rows);
          assertThat(rows.opened()).as("streams over " + table.name()).isEqualTo(2);
          restarting.getLast().join();
          restart(restarted).join();
          session.buildIndexes(table);
        }
        session.createPrograms();
        for (TableDefinition table : plan.tables()) {
          Dying sink = new Dying(() -> restarting.add(restart(restarted)));
          List<Taken.Sink> sinks = new ArrayList<>();
          session.read(
              table,
              table.slices().getFirst(),
              () -> {
                sinks.add(sinks.isEmpty() ? sink : new Taken.Sink());
                return sinks.getLast();
              });
          assertThat(sinks).as("tries to read " + table.name()).hasSize(2);
          restarting.getLast().join();
        }
        session.complete();
      }
      assertSame(taken.rows(), Taken.from(restarted, Selection.ALL).rows());
    }
  }

  private static Thread restart(TestServer server) {
    server.kill();
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                Thread.sleep(1500);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              server.restart();
            });
  }

  /** Meets an event after some rows. */
  private static final class Dying extends Taken.Sink {
    private final Runnable event;
    private int rows;

    Dying(Runnable event) {
      this.event = event;
    }

    @Override
    public void endRow() {
      super.endRow();
      if (++rows == 1) {
        event.run();
      }
    }
  }

  @Test
  void aRunThatDiedAfterSomePartsIsFinishedByTheNext() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      LoadPlan plan = to.plan(taken.request());
      try (LoadSession session = to.begin(plan, 1, Progress.NONE)) {
        session.createTables();
        for (TableDefinition table : plan.tables()) {
          assertThatThrownBy(
                  () ->
                      session.load(table, new Interrupted(taken.rows(table), 3 * PART, this::die)))
              .hasMessageContaining("died");
        }
      }
      assertThat(count("keyed")).as("rows of parts that were committed").isBetween(1, 19_999);
      assertThat(count("keyless")).isBetween(1, 20_000);

      taken.restore(to, taken.request());
    }
    assertWhole();
  }

  private void die() {
    throw new IllegalStateException("died");
  }

  private void killLoading() {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      String loading =
          kind().mariaDb()
              ? "ID<>CONNECTION_ID() ORDER BY QUERY_ID DESC LIMIT 1"
              : "INFO LIKE 'LOAD DATA%'";
      for (String id :
          db.column("SELECT ID FROM information_schema.PROCESSLIST WHERE " + loading)) {
        db.run("KILL " + id);
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int loads() throws Exception {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      String name = kind().mariaDb() ? "Com_commit" : "Com_load";
      return Integer.parseInt(db.rows("SHOW GLOBAL STATUS LIKE '" + name + "'").getFirst().get(1));
    }
  }

  private int count(String table) throws Exception {
    try (Connection connection = target.connect();
        Db db = new Db(connection)) {
      return Integer.parseInt(db.value("SELECT COUNT(*) FROM parts." + table));
    }
  }

  private void assertWhole() throws Exception {
    assertSame(Taken.from(source, Selection.ALL).rows(), Taken.from(target, Selection.ALL).rows());
  }

  private static void assertSame(Map<TableName, Taken.Rows> was, Map<TableName, Taken.Rows> is) {
    assertThat(is.keySet()).isEqualTo(was.keySet());
    was.forEach(
        (name, rows) ->
            assertThat(Objects.requireNonNull(is.get(name)).text()).isEqualTo(rows.text()));
  }
}
