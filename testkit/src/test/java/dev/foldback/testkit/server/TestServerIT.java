package dev.foldback.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestServerIT {

  @ParameterizedTest
  @EnumSource
  void startsAndAnswersWithItsVersionAndARowBasedLog(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);

    assertThat(ask(server, "select version()"))
        .startsWith(kind.label().substring(kind.label().indexOf('-') + 1));
    assertThat(ask(server, "select @@binlog_format from dual where @@log_bin")).isEqualTo("ROW");
  }

  @Test
  void keepsItsRowsThroughAKillAndARestart() throws SQLException {
    try (TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      server.execute("create database d", "create table d.t (a int)", "insert d.t values (42)");

      server.kill();
      assertThat(server.isRunning()).isFalse();
      server.restart();

      assertThat(ask(server, "select a from d.t")).isEqualTo("42");
    }
  }

  @Test
  void stopsInOrder() throws Exception {
    try (TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      server.stop();

      assertThat(Files.readString(server.log())).contains("Shutdown complete");
    }
  }

  @Test
  void diesWithItsJvm() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartsAServer.class.getName())
            .start();
    String pid = child.inputReader(StandardCharsets.UTF_8).readLine();
    ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

    child.destroyForcibly().waitFor();

    server.onExit().get(10, TimeUnit.SECONDS);
  }

  @Test
  void leavesNoFolderAndNoProcessWhenClosed() {
    TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4);
    long pid = server.pid();

    server.close();

    assertThat(server.dataFolder().getParent()).doesNotExist();
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  static String ask(TestServer server, String query) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }
}
