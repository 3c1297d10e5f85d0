package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose files are all encrypted: tables, redo log, temporary files and binary log. */
class EncryptedIT {
  private static final String NEEDLE = "needle-in-the-log";
  private static final String SUMS =
      "CHECKSUM TABLE shop.customer, shop.orders, shop.item, shop.visit";

  private Path keys;

  @BeforeEach
  void makeKeys() throws IOException {
    keys = Files.createTempDirectory("keys-");
    Files.writeString(keys.resolve("keys"), "1;" + "a1".repeat(32) + "\n");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void removeKeys() throws IOException {
    Files.delete(keys.resolve("keys"));
    Files.delete(keys);
  }

  private TestServer encrypted() {
    return TestServers.fresh(
        ServerKind.MARIADB_10_11,
        ServerOptions.quick()
            .with(
                "--plugin-load-add=file_key_management",
                "--file-key-management-filename=" + keys.resolve("keys"),
                "--encrypt-binlog=ON",
                "--innodb-encrypt-tables=ON",
                "--innodb-encryption-threads=1",
                "--innodb-encrypt-log=ON",
                "--aria-encrypt-tables=ON",
                "--encrypt-tmp-files=ON"));
  }

  @Test
  void itsLogIsCapturedAndFoldedAndItsTablesComeBack(@TempDir Path folder) throws Exception {
    try (TestServer server = encrypted();
        TestServer other = TestServers.fresh(ServerKind.MARIADB_10_11)) {
      Shop.fill(server, 2000);
      Rig rig = Rig.init(folder);
      rig.backup(server.endpoint());
      server.execute(
          "UPDATE shop.customer SET name='" + NEEDLE + "' WHERE id<100", "FLUSH BINARY LOGS");
      server.restart();
      server.execute(
          "DELETE FROM shop.item WHERE orders%3=0",
          "ALTER TABLE shop.visit ADD COLUMN later INT", "UPDATE shop.visit SET later=7 LIMIT 50");
      rig.capture(server.endpoint(), true, false, Progress.NONE);

      assertThat(filesWithNeedle(server)).as("the server's own files").isEmpty();
      assertThat(segmentsWithNeedle(rig)).as("what was captured").isPositive();
      assertThat(rig.verify(false).findings()).isEmpty();
      rig.restore(other.endpoint());
      assertThat(other.texts(SUMS)).isEqualTo(server.texts(SUMS));
      assertThat(other.texts("SELECT COUNT(*) FROM shop.customer WHERE name='" + NEEDLE + "'"))
          .isEqualTo(List.of("99"));
    }
  }

  private static List<Path> filesWithNeedle(TestServer server) throws IOException {
    try (Stream<Path> files = Files.list(server.dataFolder())) {
      return files
          .filter(f -> f.getFileName().toString().matches("binlog\\.[0-9]+"))
          .filter(EncryptedIT::hasNeedle)
          .toList();
    }
  }

  private static boolean hasNeedle(Path file) {
    try {
      return holdsNeedle(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean holdsNeedle(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(NEEDLE);
  }

  private static int segmentsWithNeedle(Rig rig) throws IOException {
    int found = 0;
    for (SegmentManifest segment : rig.log().segments()) {
      found += holdsNeedle(rig.segment(segment.number())) ? 1 : 0;
    }
    return found;
  }
}
