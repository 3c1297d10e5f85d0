package dev.foldback.engine.mysql.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.ServerSnapshot;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.source.SnapshotContract.Transfers;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup of a replica, and of one that is behind. */
class ReplicaIT {
  private static final Selection BANK = new Selection(List.of("bank"), List.of());

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void aReplicaIsReadAtOnePositionAndReadingWaitsWhileItIsBehind(ServerKind kind) throws Exception {
    try (TestServer source = TestServers.fresh(kind);
        TestServer replica =
            TestServers.fresh(kind, ServerOptions.quick().with("--log-slave-updates=1"))) {
      follow(source, replica);
      source.execute(
          "create database bank",
          "create table bank.a (id int not null auto_increment primary key, t text)",
          "insert into bank.a (t) values (repeat('x', 900))",
          "create table bank.gate (id int primary key, n int)",
          "insert into bank.gate values (1, 0)");
      for (int i = 0; i < 12; i++) {
        source.execute("insert into bank.a (t) select t from bank.a");
      }
      await(replica, "4096");
      ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
      Progress progress =
          new Progress() {
            @Override
            public void note(String text) {
              notes.add(text);
            }
          };
      SnapshotOptions options =
          new SnapshotOptions(
              2, Duration.ofSeconds(10), 0, Map.of("Seconds_Behind_Master", 1L), false);
      try (MySqlSource server = MySqlSource.open(replica.endpoint());
          ServerSnapshot snapshot = server.openSnapshot(BANK, options, progress);
          Connection holder = replica.connect();
          Statement holding = holder.createStatement()) {
        assertThat(snapshot.position()).isInstanceOf(Position.Binlog.class);
        assertThat(snapshot.findings()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
        // A row that the replica can't change makes it fall behind for as long as wanted.
        holder.setAutoCommit(false);
        holding.execute("select * from bank.gate for update");
        source.execute("update bank.gate set n = n + 1", "insert into bank.a (t) values ('later')");
        long behind = System.nanoTime();
        while (notes.stream().noneMatch(n -> n.contains("paused: Seconds_Behind_Master is"))) {
          assertThat(System.nanoTime() - behind).isLessThan(Duration.ofSeconds(30).toNanos());
          Thread.sleep(100);
        }
        holder.rollback();
        assertThat(SnapshotContract.rows(snapshot, "a")).as("at the position").hasSize(4096);
        await(replica, "4097");
        assertThat(snapshot.complete()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
      }
    }
  }

  /** As MariaDB is set up by default: what it applies does not move its own log's position. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void aReplicaThatLogsNothingOfWhatItAppliesIsReadAtOnePosition(ServerKind kind) throws Exception {
    try (TestServer source = TestServers.fresh(kind);
        TestServer replica =
            TestServers.fresh(kind, ServerOptions.quick().with("--log-slave-updates=0"))) {
      follow(source, replica);
      source.execute(
          "create database bank",
          "create table bank.a (id int primary key, cents bigint not null)",
          "create table bank.b (id int primary key, cents bigint not null)");
      String values =
          IntStream.range(0, (int) SnapshotContract.ACCOUNTS)
              .mapToObj(i -> "(" + i + ",1000)")
              .collect(Collectors.joining(","));
      source.execute("insert into bank.b values " + values, "insert into bank.a values " + values);
      await(replica, String.valueOf(SnapshotContract.ACCOUNTS));
      try (Transfers transfers = new Transfers(source);
          MySqlSource server = MySqlSource.open(replica.endpoint())) {
        assertThat(server.check(BANK)).anyMatch(f -> f.code().equals("log-incomplete"));
        for (int round = 0; round < 10; round++) {
          transfers.awaitMore(20);
          try (ServerSnapshot snapshot =
              server.openSnapshot(BANK, SnapshotContract.options(4), Progress.NONE)) {
            assertThat(snapshot.method()).doesNotContain("without any lock");
            assertThat(SnapshotContract.sum(snapshot))
                .isEqualTo(2 * SnapshotContract.ACCOUNTS * 1000);
          }
        }
      }
    }
  }

  @Test
  void aLogThatLeavesSchemasOutIsNoProofOfOnePosition() throws Exception {
    try (TestServer server =
        TestServers.fresh(
            ServerKind.MARIADB_11_4, ServerOptions.quick().with("--binlog-ignore-db=other"))) {
      server.execute("create database bank", "create table bank.a (id int primary key)");
      try (MySqlSource source = MySqlSource.open(server.endpoint());
          ServerSnapshot snapshot =
              source.openSnapshot(BANK, SnapshotContract.options(2), Progress.NONE)) {
        assertThat(snapshot.method()).doesNotContain("without any lock");
        assertThat(source.check(BANK))
            .anyMatch(
                f ->
                    f.code().equals("log-incomplete")
                        && f.message().contains("binlog-ignore-db=other"));
      }
    }
  }

  private static void follow(TestServer source, TestServer replica) throws SQLException {
    replica.execute(
        "change master to master_host='127.0.0.1', master_port="
            + source.port()
            + ", master_user='"
            + source.user()
            + "', master_password='"
            + source.password()
            + (source.kind().mariaDb()
                ? "', master_use_gtid=slave_pos, master_ssl=0"
                : "', master_auto_position=1, get_master_public_key=1"),
        "start slave");
  }

  private static void await(TestServer replica, String rows) throws Exception {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try (Connection connection = replica.connect();
        Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet row = statement.executeQuery("select count(*) from bank.a")) {
          row.next();
          if (row.getString(1).equals(rows)) {
            return;
          }
        } catch (SQLException e) {
          assertThat(e.getErrorCode()).as("not there yet").isIn(1049, 1146);
        }
        assertThat(System.nanoTime()).as("the replica follows").isLessThan(limit);
        Thread.sleep(100);
      }
    }
  }
}
