package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value that the default heap has no room for. */
@EnabledIfSystemProperty(named = "foldback.slow", matches = "true")
class VeryLargeValuesIT {
  private static final ServerOptions LARGE = ServerOptions.quick().with("--max-allowed-packet=1G");

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void aValueOf300MiBIsRefusedInASmallHeapAndComesBackInALargeOne(
      ServerKind kind, @TempDir Path folder) throws Exception {
    try (TestServer source = TestServers.fresh(kind, LARGE);
        TestServer target = TestServers.fresh(kind, LARGE)) {
      source.execute(
          "create database large",
          "create table large.t (id int primary key, b longblob)",
          "insert into large.t values (1, repeat('0123456789abcdef', 300 * 65536)), (2, 'small')");
      String repository = folder.resolve("repository").toString();
      Foldback backup = foldback(folder, source);
      assertThat(backup.run("init", "--repo", repository, "--key-file", folder + "/key").status())
          .isZero();
      String[] words = {"backup", source.url(), "--repo", repository, "--name", "large"};

      Foldback.Outcome small = backup.in("512m").run(words);

      assertThat(small.status()).as("%s", small).isNotZero();
      assertThat(small.err()).contains("error FB-9001: ").contains("FOLDBACK_HEAP=");
      Foldback.Outcome none = backup.run("list", "--repo", repository, "--json");
      assertThat(none.out().strip()).as("%s", none).isEqualTo("[]");

      Foldback.Outcome large = backup.in("2g").run(words);
      assertThat(large.status()).as("%s", large).isZero();
      Foldback.Outcome restored =
          foldback(folder, target)
              .in("2g")
              .run("restore", "large", "--repo", repository, "--to", target.url());
      assertThat(restored.status()).as("%s", restored).isZero();
      assertThat(digests(target)).isEqualTo(digests(source)).hasSize(2);
    }
  }

  private static Foldback foldback(Path folder, TestServer server) {
    return new Foldback(
        folder, Map.of("MYSQL_PWD", server.password(), "FOLDBACK_KEY_FILE", folder + "/key"));
  }

  private static List<String> digests(TestServer server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select concat(id, ' ', length(b), ' ', sha2(b, 256)) from large.t order by id")) {
      List<String> digests = new ArrayList<>();
      while (rows.next()) {
        digests.add(rows.getString(1));
      }
      return digests;
    }
  }
}
