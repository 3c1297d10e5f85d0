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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The program against a server that misbehaves in the middle: each time a stable code, the
 * documented status, a valid repository, and the same command run again comes to the end.
 */
abstract class ServerTroubleContract {
  private static final Pattern REUSED = Pattern.compile("\"reusedFrames\":(\\d+)");

  /** Slow enough that the middle can be met, with some objects stored by then. */
  private static final String RATE = "5MiB";

  private TestServer server;
  private Rig rig;

  abstract ServerKind kind();

  @BeforeEach
  void shop(@TempDir Path folder) throws Exception {
    server = TestServers.fresh(kind());
    Shop.fill(server, 30_000);
    Shop.addNoise(server);
    rig = Rig.init(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aBackupWhoseConnectionsAreKilledEndsAndTheNextOneReusesWhatArrived() throws Exception {
    try (ProgramRun run = backup("--max-rate", RATE)) {
      awaitStored(run);
      assertThat(killConnections(server)).isPositive();
      failed(run.await(), "FB-2009", 3);
    }
    theNextBackupIsGood();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aBackupWhoseServerCrashesEndsAndTheNextOneReusesWhatArrived() throws Exception {
    try (ProgramRun run = backup("--max-rate", RATE)) {
      awaitStored(run);
      server.kill();
      ProgramRun.End end = run.await();
      server.restart();
      failed(end, "FB-2009", 3);
    }
    theNextBackupIsGood();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aBackupWhoseServerStopsAnsweringEndsInTime() throws Exception {
    try (ProgramRun run = backup("?answer-timeout=6", "--max-rate", RATE)) {
      awaitStored(run);
      signalServer("STOP");
      long start = System.nanoTime();
      ProgramRun.End end = run.await();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      signalServer("CONT");
      failed(end, "FB-2009", 3);
      assertThat(end.says("has not answered for")).as(end.out() + end.err()).isTrue();
      assertThat(took).isLessThan(Duration.ofSeconds(80));
    }
    theNextBackupIsGood();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aServerThatStopsForAMomentStopsNothing() throws Exception {
    try (ProgramRun run = backup("?answer-timeout=28", "--max-rate", RATE)) {
      awaitStored(run);
      signalServer("STOP");
      // Longer than half of the limit: it is asked something, and that question is answered late.
      Thread.sleep(16_000);
      signalServer("CONT");
      ProgramRun.End end = run.await();
      assertThat(end.status()).as(end.out() + end.err()).isZero();
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aRestoreWhoseConnectionsAreKilledTriesAgainByItself() throws Exception {
    rig.backup(server.endpoint());
    try (TestServer target = TestServers.fresh(kind());
        ProgramRun run = restore(target)) {
      awaitLoading(target, run);
      assertThat(killConnections(target)).isPositive();
      ProgramRun.End end = run.await();
      assertThat(end.status()).as(end.out() + end.err()).isZero();
      assertThat(Shop.checksums(target)).isEqualTo(Shop.checksums(server));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aRestoreWhoseServerCrashesIsRunAgainToTheSameEnd() throws Exception {
    rig.backup(server.endpoint());
    try (TestServer target = TestServers.fresh(kind())) {
      try (ProgramRun run = restore(target)) {
        awaitLoading(target, run);
        target.kill();
        failed(run.await(), "FB-200[15]", 3);
      }
      target.restart();
      theNextRestoreIsGood(target);
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aRestoreWhoseServerStopsAnsweringEndsInTimeAndIsRunAgain() throws Exception {
    rig.backup(server.endpoint());
    try (TestServer target = TestServers.fresh(kind())) {
      try (ProgramRun run = restore(target, "?answer-timeout=6")) {
        awaitLoading(target, run);
        signal(target, "STOP");
        ProgramRun.End end = run.await();
        signal(target, "CONT");
        failed(end, "FB-200[15]", 3);
        assertThat(end.says("has not answered for")).as(end.out() + end.err()).isTrue();
      }
      theNextRestoreIsGood(target);
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aServerThatTakesNoMoreConnectionsIsSaid() throws Exception {
    server.execute("create user few@'%' identified by 'x' with max_user_connections 2");
    server.execute("grant all on *.* to few@'%'");
    String url = kind().scheme() + "://few:x@" + server.host() + ":" + server.port();
    try (ProgramRun run =
        ProgramRun.start(rig, server, "backup", url, "--name", "shop", "--threads", "8")) {
      ProgramRun.End end = run.await();
      failed(end, "FB-2001", 3);
      assertThat(end.says("takes no more connections")).as(end.out()).isTrue();
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aStoppedBackupGivesItsLeaseBackAndLeavesNoFiles() throws Exception {
    for (String signal : List.of("INT", "TERM")) {
      try (ProgramRun run = backup("--max-rate", RATE)) {
        awaitStored(run);
        run.signal(signal);
        stopped(run.await());
      }
    }
    theNextBackupIsGood();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aStoppedRestoreIsRunAgain() throws Exception {
    rig.backup(server.endpoint());
    try (TestServer target = TestServers.fresh(kind())) {
      for (String signal : List.of("INT", "TERM")) {
        try (ProgramRun run = restore(target)) {
          awaitLoading(target, run);
          run.signal(signal);
          stopped(run.await());
        }
      }
      theNextRestoreIsGood(target);
    }
  }

  private static void stopped(ProgramRun.End end) {
    assertThat(end.status()).as(end.out() + end.err()).isEqualTo(130);
    assertThat(end.says("FB-9002")).as(end.out() + end.err()).isTrue();
    assertThat(end.temporary()).isEmpty();
  }

  private void failed(ProgramRun.End end, String code, int status) {
    String said = end.out() + end.err();
    assertThat(said).containsPattern("\"code\":\"" + code + "\"");
    assertThat(end.status()).as(said).isEqualTo(status);
    assertThat(said).doesNotContain(server.password());
    assertThat(end.temporary()).isEmpty();
    assertThat(rig.verify(false).good()).isTrue();
  }

  private void theNextBackupIsGood() throws Exception {
    try (ProgramRun run = backup()) {
      ProgramRun.End end = run.await();
      assertThat(end.status()).as(end.out() + end.err()).isZero();
      Matcher reused = REUSED.matcher(end.out());
      assertThat(reused.find()).as(end.out()).isTrue();
      assertThat(Long.parseLong(reused.group(1))).as(end.out()).isPositive();
    }
    assertThat(rig.verify(false).good()).isTrue();
  }

  private void theNextRestoreIsGood(TestServer target) throws Exception {
    try (ProgramRun run = restore(target)) {
      ProgramRun.End end = run.await();
      assertThat(end.status()).as(end.out() + end.err()).isZero();
    }
    assertThat(Shop.checksums(target)).isEqualTo(Shop.checksums(server));
  }

  private ProgramRun backup(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    String query =
        arguments.isEmpty() || !arguments.getFirst().startsWith("?") ? "" : arguments.removeFirst();
    arguments.addAll(0, List.of("backup", server.url() + query, "--name", "shop"));
    arguments.addAll(List.of("--threads", "2"));
    return ProgramRun.start(rig, server, arguments.toArray(String[]::new));
  }

  private ProgramRun restore(TestServer target, String... query) throws Exception {
    String url = target.url() + String.join("", query);
    return ProgramRun.start(rig, target, "restore", "--to", url, "--threads", "2");
  }

  /** Until it reads, and something that a next run can use again is in the repository. */
  private void awaitStored(ProgramRun run) throws Exception {
    long limit = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (rig.pending() == 0 || !run.out().contains("\"phase\":\"read\"")) {
      assertThat(run.isRunning() && System.nanoTime() < limit).as(run.out()).isTrue();
      Thread.sleep(50);
    }
  }

  /** Until the server takes rows. */
  private static void awaitLoading(TestServer server, ProgramRun run) throws Exception {
    String begin = server.kind().mariaDb() ? "insert into `shop`" : "load data";
    try (Connection connection = server.connect()) {
      while (true) {
        assertThat(run.isRunning()).as(run.out()).isTrue();
        for (List<String> process : processes(connection)) {
          if (process.get(1).toLowerCase(Locale.ROOT).startsWith(begin)) {
            return;
          }
        }
        Thread.sleep(5);
      }
    }
  }

  /** Ends every connection but the one that does it. */
  private static int killConnections(TestServer server) throws SQLException {
    int killed = 0;
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      String own;
      try (ResultSet row = statement.executeQuery("select connection_id()")) {
        row.next();
        own = row.getString(1);
      }
      for (List<String> process : processes(connection)) {
        if (!process.get(0).equals(own) && process.get(2).equals(server.user())) {
          try {
            statement.execute("kill " + process.get(0));
            killed++;
          } catch (SQLException e) {
            assertThat(e.getErrorCode()).as("gone by itself").isEqualTo(1094);
          }
        }
      }
    }
    return killed;
  }

  private static List<List<String>> processes(Connection connection) throws SQLException {
    List<List<String>> processes = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show full processlist")) {
      while (rows.next()) {
        processes.add(
            List.of(
                rows.getString("Id"),
                String.valueOf(rows.getString("Info")),
                String.valueOf(rows.getString("User"))));
      }
    }
    return processes;
  }

  private void signalServer(String name) throws Exception {
    signal(server, name);
  }

  private static void signal(TestServer server, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid())).start().waitFor();
  }
}
