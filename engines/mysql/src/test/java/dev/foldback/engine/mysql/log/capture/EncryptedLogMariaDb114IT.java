package dev.foldback.engine.mysql.log.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Position;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.log.LogStretch;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that lies encrypted on disk comes in the clear, and is proven all the same. */
class EncryptedLogMariaDb114IT {
  @Test
  void anEncryptedLogIsReadInTheClear(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path key = folder.resolve("keys");
    Files.writeString(key, "1;" + "a7".repeat(32) + "\n");
    ServerOptions options =
        ServerOptions.quick()
            .with(
                "--plugin-load-add=file_key_management",
                "--file-key-management-filename=" + key,
                "--encrypt-binlog=1");
    try (TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4, options);
        SourceServer source = new MySqlEngine().openSource(server.endpoint())) {
      server.execute("create database secret_name");
      Collected collected = new Collected(source, 1);
      collected.read(
          new LogStart.At(
              new Position.Binlog(LogFeedContract.one(server, "show binary logs"), 4, ""),
              source.info().id()));
      server.execute("flush binary logs", "create table secret_name.a (id int)");
      collected.goOn();
      server.execute("drop table secret_name.a");
      collected.goOn();
      String file = collected.files.keySet().iterator().next();
      String onDisk =
          Files.readString(server.dataFolder().resolve(file), StandardCharsets.ISO_8859_1);
      assertThat(onDisk).doesNotContain("create database secret_name");
      assertThat(collected.files.values().iterator().next().toString(StandardCharsets.ISO_8859_1))
          .contains("create database secret_name");
      assertThat(collected.stretches.stream().mapToLong(LogStretch::transactions).sum())
          .isEqualTo(3);
    }
  }
}
