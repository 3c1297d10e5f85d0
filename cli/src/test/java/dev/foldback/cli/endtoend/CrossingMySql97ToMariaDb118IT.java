package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.FindingsException;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(named = "foldback.slow", matches = "true")
class CrossingMySql97ToMariaDb118IT extends CrossingContract {
  @Override
  ServerKind from() {
    return ServerKind.MYSQL_9_7;
  }

  @Override
  ServerKind to() {
    return ServerKind.MARIADB_11_8;
  }

  @Override
  List<String> unstorable() {
    return List.of("hostile_types.numbers", "hostile_more.doubles");
  }

  /** MariaDB 11.8 stores zero in its place, whatever the statement. */
  @Test
  void aNegativeZeroIsFoundByTheComparison(@TempDir Path folder) throws Exception {
    try (TestServer source = TestServers.fresh(from());
        TestServer target = TestServers.fresh(to())) {
      source.execute(
          "create database zero",
          "create table zero.zero (id int primary key, d double)",
          "insert into zero.zero values (1, -0e0)");
      Rig rig = Rig.init(folder);
      rig.backup(source.endpoint());
      assertThatThrownBy(() -> rig.restore(target.endpoint()))
          .isInstanceOf(FindingsException.class)
          .hasMessageContaining("zero.zero: rows differ");
    }
  }
}
