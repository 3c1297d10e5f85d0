package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret in anything that the program prints or keeps, however it got it. */
class SecretsIT {
  @TempDir private Path folder;

  @Test
  void passwordsAndKeysAreNeitherPrintedNorKept() throws Exception {
    try (TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      Shop.fill(server, 100);
      String password = server.password();
      String withPassword = server.url().replace("@", ":" + password + "@");
      Files.writeString(
          folder.resolve("foldback.yaml"),
          "sources:\n  named:\n    url: " + server.url() + "\n    password: ${env:DB_SECRET}\n");
      Foldback foldback =
          new Foldback(
              folder,
              Map.of("DB_SECRET", password, "FOLDBACK_REPO", folder.resolve("r").toString()));
      Foldback plain =
          new Foldback(
              folder,
              Map.of(
                  "DB_SECRET", password,
                  "MYSQL_PWD", password,
                  "FOLDBACK_REPO", folder.resolve("r").toString()));
      assertThat(foldback.run("init", "--key-file", "recovery.txt").status()).isZero();
      String key = Files.readAllLines(folder.resolve("recovery.txt")).getLast();

      for (Foldback.Outcome good :
          List.of(
              plain.run("backup", server.url(), "--name", "a"),
              foldback.run("backup", "named", "--json"),
              foldback.run("backup", withPassword, "--name", "c"),
              foldback.run("list", "--json"),
              foldback.run("verify", "--key-file", "recovery.txt"))) {
        assertThat(good.status()).as("%s", good).isZero();
        assertSilent(good, password, key);
      }
      for (Foldback.Outcome bad :
          List.of(
              foldback.run("backup", withPassword.replace(":" + server.port(), ":1")),
              foldback.run("backup", withPassword + "?ssl-mdoe=x"),
              foldback.run("backup", withPassword, "--threads", withPassword),
              foldback.run("restore", "a", "--to", withPassword, "--key-file", "recovery.txt"),
              foldback.run("backup", server.url().replace("@", ":" + password + "x@"), "--json"),
              foldback.run("list", "--repo", "s3://KEY:" + password + "@bucket/x?nonsense=1"))) {
        assertThat(bad.status()).as("%s", bad).isNotZero();
        assertSilent(bad, password, key);
      }
      assertThat(filesWith(password)).isEmpty();
      assertThat(filesWith(key.substring(16))).containsExactly(folder.resolve("recovery.txt"));
    }
  }

  private static void assertSilent(Foldback.Outcome outcome, String... secrets) {
    for (String secret : secrets) {
      assertThat(outcome.out() + outcome.err()).doesNotContain(secret);
    }
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
