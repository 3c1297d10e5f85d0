package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MySQL 8.0 from its jar has no keyring. */
class EncryptedMySql97IT extends EncryptedContract {
  @Override
  TestServer plain() {
    return TestServers.fresh(ServerKind.MYSQL_9_7, ServerOptions.quick().withKeyring());
  }

  @Override
  TestServer encrypted() {
    return TestServers.fresh(
        ServerKind.MYSQL_9_7,
        ServerOptions.quick()
            .withKeyring()
            .with(
                "--binlog-encryption=ON",
                "--default-table-encryption=ON",
                "--innodb-redo-log-encrypt=ON",
                "--innodb-undo-log-encrypt=ON"));
  }

  @Override
  void changeKey(TestServer server) throws SQLException {
    server.execute(
        "ALTER INSTANCE ROTATE BINLOG MASTER KEY", "ALTER INSTANCE ROTATE INNODB MASTER KEY");
  }

  @Test
  void aServerWithoutAKeyringGetsWhatIsNotEncryptedAndIsToldWhatItLacks(@TempDir Path folder)
      throws Exception {
    try (TestServer server = encrypted();
        TestServer other = TestServers.fresh(ServerKind.MYSQL_9_7)) {
      server.execute(
          "CREATE DATABASE s DEFAULT ENCRYPTION='N'",
          "CREATE TABLE s.secret (id int PRIMARY KEY) ENCRYPTION='Y'",
          "CREATE TABLE s.open (id int PRIMARY KEY)",
          "INSERT INTO s.open VALUES (1)");
      Rig rig = Rig.init(folder);
      rig.backup(server.endpoint());
      server.execute("INSERT INTO s.open VALUES (2)");
      rig.capture(server.endpoint(), true, false, Progress.NONE);

      restoreOpen(rig, other);
      assertThat(other.texts("SELECT id FROM s.open")).containsExactly("1", "2");
      other.execute("DROP DATABASE s");
      assertThatThrownBy(() -> rig.restore(other.endpoint()))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> {
                assertThat(e.getMessage()).contains("no keyring");
                assertThat(e.hint()).contains("component_keyring_file");
              });
    }
  }

  private static void restoreOpen(Rig rig, TestServer target) {
    rig.restore(
        target.endpoint(),
        new Selection(List.of(), List.of("s.secret")),
        Renames.NONE,
        LoadRequest.Existing.REFUSE,
        Progress.NONE);
  }
}
