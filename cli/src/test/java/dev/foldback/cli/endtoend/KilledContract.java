package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.backup.BackupResult;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program and SIGKILL at random moments. {@code -Dkills=N} for more of them, {@code -Dseed=N}
 * for the same ones again. A run that ends before its moment is no kill: another begins on a place
 * of its own, with earlier moments.
 */
abstract class KilledContract {
  private static final int KILLS = Integer.getInteger("kills", 6);
  private static final int MOST_MISSES = 4 * KILLS;
  private final long seed = Seed.next();
  private final Random random = new Random(seed);

  abstract ServerKind kind();

  @Test
  void aKilledBackupLeavesAValidRepositoryAndTheNextOneReusesWhatArrived(@TempDir Path folder)
      throws Exception {
    try (TestServer server = TestServers.fresh(kind())) {
      Shop.fill(server, 60_000);
      Shop.addNoise(server);
      Duration whole = time(backup(rig(folder, "timed"), server));
      Rig rig = rig(folder, "0");
      int misses = 0;
      for (int killed = 0; killed < KILLS; ) {
        try (ProgramRun run = backup(rig, server)) {
          if (run.killAfter(moment(whole))) {
            killed++;
            assertValid(rig);
          } else {
            assertThat(run.await().status()).as("seed %d", seed).isZero();
            assertThat(++misses)
                .as("seed %d: runs that nobody killed", seed)
                .isLessThan(MOST_MISSES);
            whole = whole.multipliedBy(3).dividedBy(4);
            rig = rig(folder, String.valueOf(misses));
          }
        }
      }
      killWhenSomethingHasArrived(rig, server);
      BackupResult last = rig.backup(server.endpoint());
      assertThat(last.transfer().reusedFrames()).as("seed %d", seed).isPositive();
      assertThat(rig.verify(false).good()).as("seed %d", seed).isTrue();
      assertThat(last.manifest().rows()).isEqualTo(Shop.rows(server));
      try (TestServer target = TestServers.fresh(kind())) {
        assertThat(rig.restore(target.endpoint()).compared()).isTrue();
        assertThat(Shop.checksums(target)).isEqualTo(Shop.checksums(server));
      }
    }
  }

  /** Where the random moments were too early for that. */
  private void killWhenSomethingHasArrived(Rig rig, TestServer server) throws Exception {
    if (rig.pending() > 0) {
      return;
    }
    try (ProgramRun run = backup(rig, server, "--max-rate", "5MiB", "--full")) {
      while (rig.pending() == 0) {
        assertThat(run.isRunning()).as(run.out()).isTrue();
        Thread.sleep(20);
      }
      assertThat(run.killAfter(Duration.ZERO)).as(run.out()).isTrue();
    }
    assertValid(rig);
  }

  private void assertValid(Rig rig) {
    assertThat(rig.verify(false).findings())
        .as("seed %d", seed)
        .noneMatch(f -> f.severity() == Finding.Severity.ERROR);
  }

  @Test
  void aKilledRestoreIsRunAgainToTheSameEnd(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServers.fresh(kind())) {
      Shop.fill(server, 60_000);
      Rig rig = rig(folder, "0");
      rig.backup(server.endpoint());
      restoresUntilTheEnd(rig, server, KILLS);
    }
  }

  @Test
  void aKilledRestoreToAMomentIsRunAgainToTheSameEnd(@TempDir Path folder) throws Exception {
    ServerOptions rows = ServerOptions.quick().with("--binlog-format=ROW");
    try (TestServer server = TestServers.fresh(kind(), rows)) {
      Shop.fill(server, 30_000);
      Rig rig = rig(folder, "0");
      rig.backup(server.endpoint());
      server.execute(
          "UPDATE shop.orders SET note = REVERSE(note) WHERE id % 3 = 0",
          "ALTER TABLE shop.item ADD COLUMN more INT DEFAULT 7, DROP KEY price",
          "DELETE FROM shop.visit WHERE path LIKE '%/a/a/a/a/a/a/a/a/a/a/a/a'",
          "CREATE TABLE shop.late AS SELECT id, placed FROM shop.orders WHERE id % 5 = 0",
          "INSERT INTO shop.customer (email, name) VALUES ('last@example.com', 'Last')");
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      restoresUntilTheEnd(rig, server, KILLS / 2);
    }
  }

  /** Kills restores so often; one that is not killed ends as it should. */
  private void restoresUntilTheEnd(Rig rig, TestServer server, int kills) throws Exception {
    Duration whole;
    try (TestServer timed = TestServers.fresh(kind())) {
      whole = time(restore(rig, timed));
    }
    int misses = 0;
    for (int killed = 0; killed < kills; ) {
      int before = killed;
      try (TestServer target = TestServers.fresh(kind())) {
        while (killed < kills && isKilled(restore(rig, target), moment(whole))) {
          killed++;
        }
        if (!Shop.isComplete(target, server)) {
          rig.restore(target.endpoint());
        }
        assertThat(Shop.isComplete(target, server)).as("seed %d", seed).isTrue();
        assertThat(Shop.checksums(target)).as("seed %d", seed).isEqualTo(Shop.checksums(server));
        assertThat(target.texts("SHOW DATABASES LIKE 'foldback%'")).as("seed %d", seed).isEmpty();
      }
      if (killed < kills) {
        misses++;
        assertThat(misses).as("seed %d: runs that nobody killed", seed).isLessThan(MOST_MISSES);
        whole = killed > before ? whole : whole.multipliedBy(3).dividedBy(4);
      }
    }
  }

  private static boolean isKilled(ProgramRun run, Duration moment) throws Exception {
    try (run) {
      return run.killAfter(moment);
    }
  }

  private static Rig rig(Path folder, String name) throws Exception {
    return Rig.init(Files.createDirectory(folder.resolve(name)));
  }

  private static ProgramRun backup(Rig rig, TestServer server, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("backup", server.url(), "--name", Rig.SOURCE.value()));
    command.addAll(List.of(more));
    return ProgramRun.start(rig, server, command.toArray(String[]::new));
  }

  private static ProgramRun restore(Rig rig, TestServer target) throws Exception {
    return ProgramRun.start(rig, target, "restore", "--to", target.url());
  }

  /** How long the work takes here when nobody kills it. */
  private static Duration time(ProgramRun run) throws Exception {
    long start = System.nanoTime();
    try (run) {
      ProgramRun.End end = run.await();
      assertThat(end.status()).as(end.out() + end.err()).isZero();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** A random moment after Java has started and before the work would end. */
  private Duration moment(Duration whole) {
    long millis = whole.toMillis();
    return Duration.ofMillis(millis / 4 + random.nextLong(Math.max(1, millis * 3 / 5)));
  }
}
