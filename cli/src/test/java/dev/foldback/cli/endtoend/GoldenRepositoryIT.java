package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.backup.BackupResult;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.Scope;
import dev.foldback.testkit.server.ServerComparator;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of an earlier format opens, is whole, comes back, and is gone on with. */
class GoldenRepositoryIT {
  private static final Scope SHOP = Scope.EVERYTHING.withoutAccounts().only("shop");

  @Test
  void theFirstFormat(@TempDir Path folder) throws Exception {
    copy(golden("first"), folder);
    Rig rig = new Rig(folder);
    assertThat(rig.listing().entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.manifest().origin()).isEmpty());
    assertThat(rig.verify(false).findings()).isEmpty();
    try (TestServer was = TestServers.fresh(ServerKind.MARIADB_11_4);
        TestServer server =
            TestServers.fresh(
                ServerKind.MARIADB_11_4, ServerOptions.quick().with("--binlog-format=ROW"));
        TestServer target = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      List<String> statements = new ArrayList<>(List.of("SET SESSION sql_mode=''"));
      statements.addAll(Files.readAllLines(golden("first.sql")));
      was.execute(statements.toArray(String[]::new));

      assertThat(rig.restore(server.endpoint()).complete()).isTrue();
      assertThat(ServerComparator.compare(was, server, SHOP)).isEmpty();

      BackupResult next = rig.backup(server.endpoint());
      assertThat(next.transfer().reusedFrames()).isEqualTo(4);
      assertThat(next.transfer().sentFrames()).isZero();
      server.execute("UPDATE shop.many SET t = 'new' WHERE id % 10 = 0");
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      assertThat(rig.restore(target.endpoint()).complete()).isTrue();
      assertThat(ServerComparator.compare(server, target, SHOP)).isEmpty();
      assertThat(rig.verify(false).findings()).isEmpty();
    }
  }

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(GoldenRepositoryIT.class.getResource("/golden/" + name)).toURI());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                Path there = to.resolve(from.relativize(file).toString());
                try {
                  Files.createDirectories(there.getParent());
                  Files.copy(file, there);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
