package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program stopped by Ctrl-C while the server does not answer its statement: it is gone soon,
 * says so, and leaves neither a session nor a lock on the server.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StoppedContract {
  /** What the program waits for would take minutes: a wait that was not ended lasts longer. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private TestServer server;
  private Rig rig;

  /** The number of the session that the program waits for. */
  private String blocker = "0";

  abstract ServerKind kind();

  @BeforeAll
  void begin() {
    server = TestServers.fresh(kind());
  }

  @BeforeEach
  void rows(@TempDir Path folder) throws SQLException {
    server.execute(
        "drop schema if exists s", "create schema s", "create table s.t (id int primary key)");
    server.execute("insert into s.t values (1)");
    rig = Rig.init(folder);
  }

  @AfterAll
  void end() {
    server.close();
  }

  @Test
  void aBackupThatWaitsForALock() throws Exception {
    try (Connection other = server.connect()) {
      block(other, "lock tables s.t write");
      try (ProgramRun run =
          ProgramRun.start(rig, server, "backup", server.url(), "--lock-wait", "60s")) {
        stopsSoon(run);
      }
    }
    try (ProgramRun run = ProgramRun.start(rig, server, "backup", server.url())) {
      assertThat(run.await().status()).as("the lease is free").isZero();
    }
  }

  @Test
  void aRestoreWhoseFirstStatementWaitsForALock() throws Exception {
    rig.backup(server.endpoint());
    server.execute("drop schema s");
    try (Connection other = server.connect()) {
      block(other, "flush tables with read lock");
      try (ProgramRun run = ProgramRun.start(rig, server, "restore", "--to", server.url())) {
        stopsSoon(run);
      }
    }
    assertThat(query("select is_free_lock('foldback_restore')")).containsExactly("1");
    try (ProgramRun run = ProgramRun.start(rig, server, "restore", "--to", server.url())) {
      ProgramRun.End end = run.await();
      assertThat(end.status()).as(end.out() + end.err()).isZero();
    }
  }

  @Test
  void aRestoreThatWaitsForAnother() throws Exception {
    rig.backup(server.endpoint());
    server.execute("drop schema s");
    try (Connection other = server.connect()) {
      block(other, "do get_lock('foldback_restore', 0)");
      try (ProgramRun run = ProgramRun.start(rig, server, "restore", "--to", server.url())) {
        stopsSoon(run);
      }
    }
  }

  private void stopsSoon(ProgramRun run) throws Exception {
    awaitWaiting(run);
    long start = System.nanoTime();
    run.signal("INT");
    ProgramRun.End end = run.await();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(end.status()).as(end.out() + end.err()).isEqualTo(130);
    // Where the wait does not end by itself the program is cut off in silence.
    assertThat(end.says("FB-9002")).as(end.out() + end.err()).isTrue();
    assertThat(took).isLessThan(SOON);
    long limit = System.nanoTime() + SOON.toNanos();
    while (!foldback("").isEmpty()) {
      assertThat(System.nanoTime()).as("left on the server: " + foldback("")).isLessThan(limit);
      Thread.sleep(50);
    }
  }

  /** Until one of the program's statements has run for a second. */
  private void awaitWaiting(ProgramRun run) throws Exception {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (foldback(" and command = 'Query' and time >= 1").isEmpty()) {
      assertThat(System.nanoTime()).as(run.out()).isLessThan(limit);
      assertThat(run.isRunning()).as(run.out()).isTrue();
      Thread.sleep(50);
    }
  }

  /** What the program's sessions run; those of this test are the others. */
  private List<String> foldback(String which) throws SQLException {
    return query(
        "select concat_ws(' ', id, command, state, info) from information_schema.processlist"
            + " where user = '"
            + server.user()
            + "' and id not in (connection_id(), "
            + blocker
            + ")"
            + which);
  }

  private List<String> query(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
    }
    return values;
  }

  private void block(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      try (ResultSet row = statement.executeQuery("select connection_id()")) {
        row.next();
        blocker = row.getString(1);
      }
    }
  }
}
