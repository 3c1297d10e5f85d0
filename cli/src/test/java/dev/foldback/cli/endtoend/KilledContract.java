package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.backup.BackupResult;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments. {@code -Dkills=N} for more of them, {@code -Dseed=N} for the same ones
 * again.
 */
abstract class KilledContract {
  private static final int KILLS = Integer.getInteger("kills", 6);
  private final long seed = Seed.next();
  private final Random random = new Random(seed);

  abstract ServerKind kind();

  @Test
  void aKilledBackupLeavesAValidRepositoryAndTheNextOneReusesWhatArrived(@TempDir Path folder)
      throws Exception {
    try (TestServer server = TestServers.fresh(kind())) {
      Shop.fill(server, 60_000);
      long whole =
          millis("backup", Rig.init(Files.createDirectory(folder.resolve("timed"))), server);
      Rig rig = Rig.init(folder);
      int killed = 0;
      for (int i = 0; i < KILLS; i++) {
        Process child = ChildProcess.start("backup", rig, server);
        if (ChildProcess.killAfter(child, moment(whole))) {
          killed++;
        }
        VerifyReport report = rig.verify(false);
        assertThat(report.findings())
            .as("seed %d, kill %d", seed, i)
            .noneMatch(f -> f.severity() == dev.foldback.core.Finding.Severity.ERROR);
      }
      BackupResult last = rig.backup(server.endpoint());
      assertThat(rig.verify(false).good()).as("seed %d", seed).isTrue();
      assertThat(killed).as("seed %d: no child was killed", seed).isPositive();
      assertThat(last.manifest().rows()).isEqualTo(Shop.rows(server));
      try (TestServer target = TestServers.fresh(kind())) {
        assertThat(rig.restore(target.endpoint()).compared()).isTrue();
        assertThat(Shop.checksums(target)).isEqualTo(Shop.checksums(server));
      }
    }
  }

  @Test
  void aKilledRestoreIsRunAgainToTheSameEnd(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServers.fresh(kind())) {
      Shop.fill(server, 60_000);
      Rig rig = Rig.init(folder);
      rig.backup(server.endpoint());
      long whole;
      try (TestServer timed = TestServers.fresh(kind())) {
        whole = millis("restore", rig, timed);
      }
      try (TestServer target = TestServers.fresh(kind())) {
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
          Process child = ChildProcess.start("restore", rig, target);
          if (!ChildProcess.killAfter(child, moment(whole))) {
            break;
          }
          killed++;
        }
        assertThat(killed).as("seed %d: no child was killed", seed).isPositive();
        if (!Shop.isComplete(target, server)) {
          rig.restore(target.endpoint());
        }
        assertThat(Shop.checksums(target)).as("seed %d", seed).isEqualTo(Shop.checksums(server));
      }
    }
  }

  /** How long the work takes here when nobody kills it. */
  private static long millis(String work, Rig rig, TestServer server) throws Exception {
    long start = System.nanoTime();
    assertThat(ChildProcess.start(work, rig, server).waitFor()).isZero();
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** A random moment after Java has started and before the work would end. */
  private long moment(long whole) {
    return whole / 4 + random.nextLong(Math.max(1, whole * 3 / 5));
  }
}
