package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage in the repository: found by verify, named, and never restored. */
class DamageIT {
  private static final long SEED = Seed.orElse(20261123);
  @TempDir static Path folder;
  private static TestServer server;
  private static Rig rig;

  @BeforeAll
  static void takeOne() throws Exception {
    server = TestServers.fresh(ServerKind.MARIADB_11_4);
    Shop.fill(server, 20_000);
    rig = Rig.init(folder);
    rig.backup(server.endpoint());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aFlippedBitInAnyObjectIsFoundAndStopsARestore() throws Exception {
    Random random = new Random(SEED);
    for (Path file : files("objects")) {
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      write(file, damaged);
      try {
        VerifyReport report = rig.verify(false);
        assertThat(report.good()).as("seed %d %s", SEED, file).isFalse();
        assertThat(report.findings())
            .anyMatch(f -> f.toString().contains(file.getFileName().toString()));
        restoreFails(ErrorCode.OBJECT_DAMAGED);
      } finally {
        write(file, whole);
      }
    }
    assertThat(rig.verify(false).good()).isTrue();
  }

  @Test
  void aMissingObjectIsFoundEvenByAQuickLook() throws Exception {
    Path file = files("objects").getFirst();
    byte[] whole = Files.readAllBytes(file);
    Files.delete(file);
    try {
      VerifyReport report = rig.verify(true);
      assertThat(report.good()).isFalse();
      assertThat(report.findings()).anyMatch(f -> f.code().equals(ErrorCode.OBJECT_MISSING.code()));
      restoreFails(ErrorCode.OBJECT_MISSING);
    } finally {
      write(file, whole);
    }
  }

  @Test
  void aDamagedManifestIsNamedAndNothingIsRestoredFromIt() throws Exception {
    Path file = files("snapshots").getFirst();
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    for (byte[] bytes : List.of(damaged, java.util.Arrays.copyOf(whole, whole.length / 2))) {
      write(file, bytes);
      try {
        VerifyReport report = rig.verify(true);
        assertThat(report.findings())
            .anyMatch(
                f ->
                    f.severity() == Finding.Severity.ERROR
                        && f.code().equals(ErrorCode.MANIFEST_DAMAGED.code()));
        try (TestServer target = TestServers.fresh(ServerKind.MARIADB_11_4)) {
          assertThatThrownBy(() -> rig.restore(target.endpoint()))
              .isInstanceOf(FoldbackException.class);
        }
      } finally {
        write(file, whole);
      }
    }
  }

  private static void restoreFails(ErrorCode code) {
    try (TestServer target = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      assertThatThrownBy(() -> rig.restore(target.endpoint()))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> {
                assertThat(e.code().exit()).isEqualTo(ExitStatus.DAMAGE);
                assertThat(e.code()).isEqualTo(code);
              });
    }
  }

  private static List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(rig.repository().resolve(below))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The store makes files read-only where it can; damage does not ask. */
  private static void write(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, bytes);
  }
}
