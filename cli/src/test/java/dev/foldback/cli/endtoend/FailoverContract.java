package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.backup.RestorePoint;
import dev.foldback.core.backup.Way;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The address of a source leads to its former replica, which has a log of its own: what is stored
 * of the old server stays, what is stored of the new one begins with a snapshot, and nothing is
 * ever put together of both.
 */
abstract class FailoverContract {
  private static final String ROWS = "SELECT id, v FROM shop.a ORDER BY id";

  private TestServer source;
  private TestServer replica;
  private TestServer target;
  private Rig rig;

  abstract ServerKind kind();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    ServerOptions logging = ServerOptions.quick().with("--log-slave-updates=1");
    source = TestServers.fresh(kind(), logging);
    replica = TestServers.fresh(kind(), logging);
    target = TestServers.fresh(kind());
    rig = Rig.init(folder);
    replica.execute(Replication.from(source));
    source.execute(
        "CREATE DATABASE shop", "CREATE TABLE shop.a (id int PRIMARY KEY, v varchar(99))");
    source.execute("INSERT INTO shop.a VALUES (1, 'first')");
  }

  @AfterEach
  void stop() {
    source.close();
    replica.close();
    target.close();
  }

  @Test
  void aReplicaThatHasAllTakesOver() throws Exception {
    assertThat(rig.backupOrLog(source.endpoint()).way()).isEqualTo(Way.FULL);
    source.execute("INSERT INTO shop.a VALUES (2, 'second')");
    captured(source);
    Instant before = moment();
    source.execute("UPDATE shop.a SET v='changed' WHERE id=2");
    captured(source);
    List<String> old = source.texts(ROWS);
    String last = newest(source);
    Replication.await(replica, source);
    takeOver();
    replica.execute("DELETE FROM shop.a WHERE id=1");
    String uncaptured = newest(replica);

    refused();
    goesOnAfterASnapshot();
    assertThat(restored(new Cut.At(before))).containsExactly("1", "first", "2", "second");
    assertThat(restored(new Cut.Through(last))).isEqualTo(old);
    unreachable(new Cut.Through(uncaptured));
    assertThat(restored(new Cut.Before(newest(replica))))
        .containsExactly("2", "changed", "3", "of the new server");
    assertThat(restored(new Cut.End())).isEqualTo(replica.texts(ROWS));
  }

  @Test
  void aReplicaThatLacksSomeTakesOver() throws Exception {
    assertThat(rig.backupOrLog(source.endpoint()).way()).isEqualTo(Way.FULL);
    source.execute("INSERT INTO shop.a VALUES (2, 'second')");
    Replication.await(replica, source);
    replica.execute("STOP SLAVE");
    source.execute("INSERT INTO shop.a VALUES (3, 'lost')", "INSERT INTO shop.a VALUES (4, 'too')");
    String lost = newest(source);
    captured(source);
    takeOver();
    replica.execute("UPDATE shop.a SET v='other' WHERE id=2");

    refused();
    goesOnAfterASnapshot();
    assertThat(restored(new Cut.Through(lost)))
        .containsExactly("1", "first", "2", "second", "3", "lost", "4", "too");
    assertThat(restored(new Cut.Before(lost)))
        .containsExactly("1", "first", "2", "second", "3", "lost");
    assertThat(restored(new Cut.End())).isEqualTo(replica.texts(ROWS));
  }

  /**
   * The places have the names of the old log. MariaDB is the same server by its own word too, which
   * goes by port and network card.
   */
  @Test
  void aSnapshotOfTheNewServerIsNotFollowedByTheLogOfTheOld() throws Exception {
    rig.backup(source.endpoint());
    fillLog();
    captured(source);
    Replication.await(replica, source);
    takeOver();
    replica.execute("DELETE FROM shop.a WHERE id > 3");
    rig.backup(replica.endpoint());
    assertThat(restored(new Cut.End())).isEqualTo(replica.texts(ROWS));
    goesOnByLog(replica);
  }

  @Test
  void aSnapshotAfterAResetIsNotFollowedByTheLogBefore() throws Exception {
    rig.backup(source.endpoint());
    fillLog();
    captured(source);
    source.execute(
        "RESET MASTER",
        "FLUSH BINARY LOGS",
        "DELETE FROM shop.a WHERE id > 3",
        "INSERT INTO shop.a VALUES (4, 'again')");
    rig.backup(source.endpoint());
    assertThat(restored(new Cut.End())).isEqualTo(source.texts(ROWS));
    goesOnByLog(source);
  }

  /** Whether the log after the reset is the first that is captured, or begins behind a hole. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLogThatWasResetAfterASnapshotDoesNotFollowItWhenItGetsThere(boolean captured)
      throws Exception {
    fillLog();
    rig.backup(source.endpoint());
    source.execute("DELETE FROM shop.a WHERE id = 2");
    if (captured) {
      captured(source);
    }
    source.execute("INSERT INTO shop.a VALUES (30, 'lost to the log')");
    rig.backup(source.endpoint());
    List<String> snapshot = source.texts(ROWS);
    source.execute("RESET MASTER", "INSERT INTO shop.a VALUES (31, 'before the capture')");
    rig.capture(source.endpoint(), true, true, Progress.NONE);
    for (int i = 40; i < 44; i++) {
      source.execute("FLUSH BINARY LOGS", "INSERT INTO shop.a VALUES (" + i + ", 'after')");
    }
    captured(source);
    assertThat(LogRange.of(rig.log()).getLast().hole()).isPresent();
    unreachable(new Cut.Through(newest(source)));
    assertThat(restored(new Cut.End())).isEqualTo(snapshot);
    goesOnByLogAfterASnapshot();
  }

  private void goesOnByLogAfterASnapshot() throws Exception {
    assertThat(rig.backupOrLog(source.endpoint()).way()).isEqualTo(Way.DIFFERENTIAL);
    source.execute("INSERT INTO shop.a VALUES (50, 'in the log')");
    assertThat(rig.backupOrLog(source.endpoint()).way()).isEqualTo(Way.LOG);
    assertThat(restored(new Cut.End())).isEqualTo(source.texts(ROWS));
  }

  /** Three files of the log. */
  private void fillLog() throws Exception {
    for (int i = 2; i < 12; i++) {
      source.execute("INSERT INTO shop.a VALUES (" + i + ", '" + "x".repeat(i) + "')");
      if (i % 4 == 0) {
        source.execute("FLUSH BINARY LOGS");
      }
    }
  }

  private void goesOnByLog(TestServer server) throws Exception {
    for (int i = 20; i < 22; i++) {
      server.execute("INSERT INTO shop.a VALUES (" + i + ", 'later')");
      RestorePoint next = rig.backupOrLog(server.endpoint());
      assertThat(next.way()).as(next.reason()).isEqualTo(Way.LOG);
      assertThat(restored(new Cut.End())).isEqualTo(server.texts(ROWS));
    }
    assertThat(LogRange.of(rig.log())).hasSize(2);
    assertThat(LogRange.of(rig.log()).getLast().hole()).isPresent();
  }

  @Test
  void aReplicaIsASource() throws Exception {
    Replication.await(replica, source);
    rig.backup(replica.endpoint());
    source.execute("INSERT INTO shop.a VALUES (2, 'second')");
    Replication.await(replica, source);
    captured(replica);
    Instant moment = moment();
    source.execute("INSERT INTO shop.a VALUES (3, 'third')");
    String third = newest(source);
    source.execute("INSERT INTO shop.a VALUES (4, 'fourth')");
    Replication.await(replica, source);
    captured(replica);
    assertThat(LogRange.of(rig.log())).hasSize(1);
    assertThat(restored(new Cut.At(moment))).containsExactly("1", "first", "2", "second");
    assertThat(restored(new Cut.Through(third)))
        .containsExactly("1", "first", "2", "second", "3", "third");
    assertThat(restored(new Cut.End())).isEqualTo(source.texts(ROWS));
  }

  /** The former replica at the address of its source. */
  private void takeOver() throws Exception {
    replica.execute("STOP SLAVE", "RESET SLAVE ALL");
    source.stop();
    replica.takeAddressOf(source);
  }

  private void captured(TestServer server) {
    rig.capture(server.endpoint(), true, false, Progress.NONE);
  }

  private static Instant moment() throws InterruptedException {
    Thread.sleep(1100);
    Instant now = Instant.now();
    Thread.sleep(1100);
    return now;
  }

  private void refused() {
    int before = rig.log().segments().size();
    assertThatThrownBy(() -> captured(replica))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LOG_BROKEN);
              assertThat(e.getMessage()).contains("The log is stored up to");
              assertThat(e.hint()).contains("foldback backup");
            });
    assertThat(rig.log().segments()).hasSize(before);
  }

  private void goesOnAfterASnapshot() throws Exception {
    RestorePoint first = rig.backupOrLog(replica.endpoint());
    assertThat(first.way()).as(first.reason()).isEqualTo(Way.DIFFERENTIAL);
    replica.execute("INSERT INTO shop.a VALUES (" + free() + ", 'of the new server')");
    RestorePoint second = rig.backupOrLog(replica.endpoint());
    assertThat(second.way()).as(second.reason()).isEqualTo(Way.LOG);
    replica.execute("INSERT INTO shop.a VALUES (99, 'newest')");
    captured(replica);
    assertThat(LogRange.of(rig.log())).hasSize(2);
    assertThat(LogRange.of(rig.log()).getLast().hole()).isPresent();
    assertThat(rig.verify(false).findings()).anyMatch(f -> f.code().equals("log-hole"));
    ProgramRun.End list = ProgramRun.start(rig, replica, "list").await();
    assertThat(list.out()).contains("\"holeBefore\":{\"reason\":");
  }

  private String free() throws Exception {
    return replica.texts("SELECT MAX(id) + 1 FROM shop.a").getFirst();
  }

  private void unreachable(Cut cut) {
    assertThatThrownBy(() -> restored(cut))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MOMENT_UNREACHABLE));
  }

  private List<String> restored(Cut cut) throws Exception {
    target.execute("DROP DATABASE IF EXISTS shop");
    rig.restore(
        target.endpoint(),
        cut,
        new Selection(List.of("shop"), List.of()),
        Renames.NONE,
        LoadRequest.Existing.REFUSE,
        Progress.NONE);
    return target.texts(ROWS);
  }

  /** The newest transaction of the server's log. */
  private String newest(TestServer server) throws Exception {
    if (kind().mariaDb()) {
      return server.texts("SELECT @@gtid_binlog_pos").getFirst();
    }
    String own = server.texts("SELECT @@server_uuid").getFirst();
    String set = server.texts("SELECT @@global.gtid_executed").getFirst().replace("\n", "");
    for (String part : set.split(",", -1)) {
      if (part.startsWith(own)) {
        return part.replaceFirst(":.*[-:]", ":");
      }
    }
    throw new AssertionError(set);
  }
}
