package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/recovery-by-hand.md to the letter: its commands are run as they stand there. */
abstract class RecoveryByHandContract {
  private static final Pattern COMMANDS = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

  private static String oddRow(String own) {
    return """
    insert into shop.`odd ``name` values
      (1, 'b', 'x,y', %s, 1/3, 1e-40, b'101', 'a\\tb\\\\', '{"a": [1]}')
    """
        .formatted(own);
  }

  abstract ServerKind kind();

  /** A column type that the family has of its own, and a value of it. */
  abstract List<String> own();

  @Test
  void aTableComesBackWithStandardToolsAlone(@TempDir Path folder) throws Exception {
    requireTools("sha256sum", "age", "zstd", "jq");
    try (TestServer server = TestServers.fresh(kind())) {
      Shop.fill(server, 30_000);
      server.execute(
          "create table shop.`odd ``name` (id int primary key, e enum('a','b'), s set('x','y'),"
              + " u "
              + own().getFirst()
              + ", d double, f float, b bit(9), t varchar(50), j json)",
          oddRow(own().getLast()),
          "insert into shop.`odd ``name` (id) values (2)");
      Rig rig = Rig.init(folder);
      rig.backup(server.endpoint());
      server.execute("create database byhand");
      for (String table : List.of("customer", "orders", "visit", "blank", "odd `name")) {
        follow(rig, server, table);
        assertThat(checksum(server, "byhand", table)).isEqualTo(checksum(server, "shop", table));
      }
    }
  }

  private static void follow(Rig rig, TestServer server, String table) throws Exception {
    Path script = rig.folder().resolve("by-hand.sh");
    Files.writeString(script, "set -eu\n" + commands());
    Path log = rig.folder().resolve("by-hand.log");
    ProcessBuilder bash = new ProcessBuilder("bash", script.toString());
    bash.environment().put("REPO", rig.repository().toString());
    bash.environment().put("KEY", rig.key().toString());
    bash.environment().put("SOURCE", Rig.SOURCE.value());
    bash.environment().put("SCHEMA", "shop");
    bash.environment().put("TABLE", table);
    bash.environment().put("INTO", "byhand");
    bash.environment().put("CLIENT", client(server));
    bash.environment().put("MYSQL_PWD", server.password());
    int exit = bash.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    assertThat(exit).as(Files.readString(log)).isZero();
  }

  private static String client(TestServer server) {
    require(!server.clientTool().isEmpty(), "a client of " + server.kind());
    return String.join(" ", server.clientTool())
        + " --no-defaults --protocol=tcp --host="
        + server.host()
        + " --port="
        + server.port()
        + " --user="
        + server.user();
  }

  private static String commands() throws IOException {
    Matcher blocks =
        COMMANDS.matcher(Files.readString(Path.of("..", "docs", "recovery-by-hand.md")));
    return blocks.results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
  }

  private static String checksum(TestServer server, String schema, String table)
      throws SQLException {
    String name = "`" + schema + "`.`" + table.replace("`", "``") + "`";
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("checksum table " + name)) {
      result.next();
      return result.getString(2);
    }
  }

  private static void requireTools(String... tools) {
    for (String tool : tools) {
      boolean there =
          List.of(System.getenv("PATH").split(":", -1)).stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
      require(there, tool);
    }
  }

  private static void require(boolean there, String tool) {
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(tool + " is missing: testkit/setup installs it");
    }
    Assumptions.assumeTrue(there, tool + " is not on this machine");
  }
}
