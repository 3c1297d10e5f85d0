package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class EncryptedMariaDb1011IT extends EncryptedContract {
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

  @Override
  TestServer plain() {
    return TestServers.fresh(ServerKind.MARIADB_10_11);
  }

  @Override
  TestServer encrypted() {
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

  /** Its plugin with keys in a file changes none. */
  @Override
  void changeKey(TestServer server) {}
}
