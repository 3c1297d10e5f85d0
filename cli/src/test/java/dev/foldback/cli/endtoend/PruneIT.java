package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program: what prune leaves is restored, and what it drops gives its room back. */
class PruneIT {
  @TempDir static Path folder;

  @Test
  void afterAPruneTheRoomIsFreeAndTheNewestSnapshotRestores() throws Exception {
    try (TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4);
        TestServer target = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      Shop.fill(server, 20_000);
      Foldback foldback = foldback(server);
      good(foldback, "init", "--key-file", folder + "/key");
      good(foldback, "backup", server.url(), "--name", "shop");
      long one = size();
      server.execute("update shop.orders set note = concat(note, id)");
      good(foldback, "backup", server.url(), "--name", "shop", "--full");
      long two = size();

      String said = good(foldback, "prune", "--keep-last", "1", "--dry-run").out();
      assertThat(said).contains("Would drop 1 snapshot and keep 1.");
      assertThat(size()).isEqualTo(two);
      // Nothing else works on this repository, and the folder shows all files at once.
      String done = good(foldback, "prune", "--keep-last", "1", "--grace", "0s").out();

      assertThat(done).contains("Drops 1 snapshot and keeps 1.").contains("Deleted 1 snapshot");
      assertThat(size()).isLessThan(two - one / 2);
      assertThat(good(foldback, "list", "--json").out()).contains("\"id\"");
      good(foldback, "verify");
      good(foldback(target), "restore", "--to", target.url());
      assertThat(Shop.checksums(target)).isEqualTo(Shop.checksums(server));
      assertThat(good(foldback, "prune", "--keep-last", "1").out()).contains("Deleted 0 snapshots");
    }
  }

  private static Foldback foldback(TestServer server) {
    return new Foldback(
        folder,
        Map.of(
            "MYSQL_PWD",
            server.password(),
            "FOLDBACK_KEY_FILE",
            folder + "/key",
            "FOLDBACK_REPO",
            folder + "/repository"));
  }

  private static Foldback.Outcome good(Foldback foldback, String... args) throws Exception {
    Foldback.Outcome outcome = foldback.run(args);
    assertThat(outcome.status()).as("%s", outcome).isZero();
    return outcome;
  }

  private static long size() throws Exception {
    try (Stream<Path> all = Files.walk(folder.resolve("repository/objects"))) {
      long bytes = 0;
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
