package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Captures of a real server's log. {@code -Dseed=N} for the same load and moments again, {@code
 * -Dkills=N} for more of them.
 */
abstract class CaptureContract {
  private static final int KILLS = Integer.getInteger("kills", 5);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final long seed = Seed.next();
  private final String as = "seed " + seed;
  private final Random random = new Random(seed);

  abstract ServerKind kind();

  private TestServer fresh(String... options) {
    return TestServers.fresh(kind(), ServerOptions.quick().with(options));
  }

  private static final class Heard implements Progress {
    final List<Finding> findings = new ArrayList<>();

    @Override
    public synchronized void finding(Finding finding) {
      findings.add(finding);
    }

    boolean has(String code) {
      return findings.stream().anyMatch(f -> f.code().equals(code));
    }
  }

  private static void until(BooleanSupplier happened) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(100);
    }
  }

  @Test
  void aCaptureBeginsAtTheSnapshotAndCatchesUpAgainAndAgain(@TempDir Path folder) throws Exception {
    try (TestServer server = fresh()) {
      Rig rig = Rig.init(folder);
      Heard heard = new Heard();
      try (Load before = Load.start(server, seed)) {
        until(() -> before.steps() > 30);
      }
      Position snapshot = rig.backup(server.endpoint()).manifest().position();
      try (Load load = Load.start(server, seed + 1)) {
        until(() -> load.steps() > 200);
        rig.capture(server.endpoint(), true, false, heard);
        assertThat(rig.log().segments().getFirst().from()).as(as).isEqualTo(snapshot);
        assertThat(heard.has("no-snapshot")).as(as).isFalse();
        for (int i = 0; i < 3; i++) {
          int steps = load.steps();
          until(() -> load.steps() > steps + 100);
          rig.capture(server.endpoint(), true, false, Progress.NONE);
        }
      }
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      LogFiles.assertEqual(rig, server, true, as);
      assertThat(rig.verify(false).findings()).as(as).isEmpty();
    }
  }

  @Test
  void killedCapturesAndServersLeaveNoHole(@TempDir Path folder) throws Exception {
    try (TestServer server = fresh()) {
      Rig rig = Rig.init(folder);
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      try (Load load = Load.start(server, seed)) {
        for (int i = 0; i < KILLS; i++) {
          Process child = ChildProcess.start("capture", rig, server);
          assertThat(ChildProcess.killAfter(child, 1500 + random.nextInt(3000))).as(as).isTrue();
          LogFiles.assertEqual(rig, server, false, as);
        }
        assertThat(load.steps()).as(as).isPositive();
      }
      int before = rig.log().segments().size();
      Process child = ChildProcess.start("capture", rig, server);
      until(() -> rig.log().segments().size() > before);
      server.kill();
      server.restart();
      server.execute("create database after_crash");
      server.restart();
      server.execute("create database after_restart");
      LogPlace end = end(server);
      until(() -> stored(rig).compareTo(end) >= 0);
      assertThat(child.isAlive()).as(as).isTrue();
      child.destroyForcibly().waitFor();
      LogFiles.assertEqual(rig, server, true, as);
    }
  }

  private static LogPlace end(TestServer server) throws Exception {
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                server.kind() == ServerKind.MYSQL_9_7
                    ? "show binary log status"
                    : "show master status")) {
      row.next();
      return new LogPlace(row.getString(1), row.getLong(2));
    }
  }

  private static LogPlace stored(Rig rig) {
    Position.Binlog to = (Position.Binlog) rig.log().segments().getLast().to();
    return new LogPlace(to.file(), to.offset());
  }

  @Test
  void whatIsInTheLogIsStoredWithinTheLagAndTwoCapturesAreOneTooMany(@TempDir Path folder)
      throws Exception {
    try (TestServer server = fresh()) {
      Rig rig = Rig.init(folder);
      Process child = ChildProcess.start("capture", rig, server);
      until(() -> !rig.log().segments().isEmpty());
      assertThatThrownBy(() -> rig.capture(server.endpoint(), true, false, Progress.NONE))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD));
      rig.backup(server.endpoint());
      server.execute("create database now");
      LogPlace end = end(server);
      long start = System.nanoTime();
      until(() -> stored(rig).compareTo(end) >= 0);
      // A second is the promise; the rest is for a busy machine.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServerThatSleepsIsWaitedForAndASignalStoresWhatIsWhole(@TempDir Path folder)
      throws Exception {
    try (TestServer server = fresh()) {
      Rig rig = Rig.init(folder);
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      String url = server.url() + "?answer-timeout=2&connect-timeout=2";
      try (ProgramRun run =
          ProgramRun.start(rig, server, "capture", url, "--name", "shop", "--max-lag", "1h")) {
        until(() -> says(run, "\"phase\":\"capture\""));
        server.execute("create database one");
        signal(server, "STOP");
        until(() -> says(run, "is tried again"));
        signal(server, "CONT");
        server.execute("create database two");
        LogPlace end = end(server);
        // The next try may be some seconds away; only what has come by then can be stored.
        Thread.sleep(12_000);
        run.signal("TERM");
        ProgramRun.End ended = run.await();
        assertThat(ended.status()).as(ended.out()).isEqualTo(130);
        assertThat(stored(rig)).as(ended.out()).isEqualTo(end);
      }
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      assertThat(LogRange.of(rig.log())).hasSize(1);
    }
  }

  private static boolean says(ProgramRun run, String text) {
    try {
      return run.out().contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(TestServer server, String name) throws Exception {
    String pid = String.valueOf(server.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  @Test
  void aPurgedLogIsRefusedAndTheHoleStaysInSight(@TempDir Path folder) throws Exception {
    try (TestServer server = fresh()) {
      Rig rig = Rig.init(folder);
      rig.backup(server.endpoint());
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      server.execute("create database lost", "flush binary logs", "flush binary logs");
      purge(server);
      refused(rig, server, "purged");
      rig.backup(server.endpoint());
      refused(rig, server, "purged");
      Heard heard = new Heard();
      rig.capture(server.endpoint(), true, true, heard);
      assertThat(heard.has("log-hole")).isTrue();
      assertThat(heard.has("no-snapshot")).isFalse();
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      List<LogRange> ranges = LogRange.of(rig.log());
      assertThat(ranges).hasSize(2);
      assertThat(ranges.getLast().hole().map(LogHole::reason)).contains("purged");
      VerifyReport report = rig.verify(false);
      assertThat(report.good()).isTrue();
      assertThat(report.findings()).anyMatch(f -> f.code().equals("log-hole"));
      ProgramRun.End list = ProgramRun.start(rig, server, "list").await();
      assertThat(list.out()).contains("\"holeBefore\":{\"reason\":\"purged\"");
    }
  }

  /** A server keeps a file that it or a reader is still busy with, and says nothing. */
  private static void purge(TestServer server) throws Exception {
    String newest = end(server).file();
    Path oldest = server.dataFolder().resolve(newest.replaceFirst("[0-9]*$", "000001"));
    until(
        () -> {
          try {
            server.execute("purge binary logs to '" + newest + "'");
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          return !Files.exists(oldest);
        });
  }

  private static void refused(Rig rig, TestServer server, String reason) {
    int before = rig.log().segments().size();
    assertThatThrownBy(() -> rig.capture(server.endpoint(), true, false, Progress.NONE))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).as(reason).isEqualTo(ErrorCode.LOG_BROKEN);
              assertThat(e.getMessage()).as(reason).contains("The log is stored up to");
            });
    assertThat(rig.log().segments()).hasSize(before);
  }

  @Test
  void aResetLogAndAnotherServerAreRefused(@TempDir Path folder) throws Exception {
    try (TestServer server = fresh();
        TestServer other = fresh()) {
      Rig rig = Rig.init(folder);
      server.execute("create database one", "create database two");
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      server.execute("create database three");
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      other.execute("create database one", "create database two", "create database three");
      refused(rig, other, "another server");
      server.execute(
          kind() == ServerKind.MYSQL_9_7 ? "reset binary logs and gtids" : "reset master");
      refused(rig, server, "reset");
      for (int i = 0; i < 20; i++) {
        server.execute("create database again" + i);
      }
      refused(rig, server, "reset, and longer since");
      Heard heard = new Heard();
      rig.capture(server.endpoint(), true, true, heard);
      assertThat(heard.has("no-snapshot")).isTrue();
      server.execute("create database four");
      rig.capture(server.endpoint(), true, false, Progress.NONE);
    }
  }

  @Test
  void damagedAndMissingSegmentsAreNamed(@TempDir Path folder) throws Exception {
    try (TestServer server = fresh()) {
      Rig rig = Rig.init(folder);
      for (int i = 0; i < 4; i++) {
        server.execute("create database d" + i);
        rig.capture(server.endpoint(), true, false, Progress.NONE);
      }
      assertThat(rig.verify(false).good()).isTrue();
      Path missing = rig.repository().resolve("log/shop/0000000002.json");
      byte[] kept = Files.readAllBytes(missing);
      Files.delete(missing);
      assertThat(rig.verify(true).findings())
          .anyMatch(f -> f.code().equals("FB-4001") && f.message().contains("segment 2"));
      Files.write(missing, kept);
      byte[] bad = kept.clone();
      bad[bad.length / 2] ^= 1;
      Files.write(missing, bad);
      assertThat(rig.verify(true).findings())
          .anyMatch(f -> f.code().equals("FB-4003") && f.subject().contains("0000000002"));
      Files.write(missing, kept);
      SegmentManifest last = rig.log().segments().getLast();
      Path object = anyObject(rig);
      Files.delete(object);
      VerifyReport report = rig.verify(false);
      assertThat(report.good()).isFalse();
      assertThat(report.findings())
          .anyMatch(f -> f.subject().startsWith("log/shop/") && f.message().contains("segment"));
      assertThat(last.number()).isEqualTo(4);
    }
  }

  private static Path anyObject(Rig rig) throws Exception {
    try (var files = Files.walk(rig.repository().resolve("objects"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void missingRightsAndSettingsAreNamedWithTheirRemedy(@TempDir Path folder) throws Exception {
    try (TestServer server = fresh()) {
      Rig rig = Rig.init(folder);
      server.execute("create user few@'%' identified by 'p'", "grant select on *.* to few@'%'");
      Endpoint few =
          new Endpoint(
              kind().scheme(),
              server.host(),
              server.port(),
              "few",
              new Secret("p"),
              null,
              Map.of());
      assertThatThrownBy(() -> rig.capture(few, true, false, Progress.NONE))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING);
                assertThat(e.hint()).contains("GRANT REPLICATION SLAVE ON *.* TO 'few'@'%'");
              });
      server.execute("set global binlog_format=MIXED");
      assertThatThrownBy(() -> rig.capture(server.endpoint(), true, false, Progress.NONE))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.LOG_UNUSABLE);
                assertThat(e.hint()).contains("SET GLOBAL binlog_format=ROW");
              });
    }
    try (TestServer without = fresh("--skip-log-bin")) {
      Rig rig = Rig.init(Files.createDirectory(folder.resolve("without")));
      assertThatThrownBy(() -> rig.capture(without.endpoint(), true, false, Progress.NONE))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_UNUSABLE));
    }
  }
}
