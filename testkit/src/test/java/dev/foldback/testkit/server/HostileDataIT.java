package dev.foldback.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileDataIT {

  @ParameterizedTest
  @EnumSource
  void loadsWhole(ServerKind kind) throws SQLException {
    try (TestServer server = TestServers.fresh(kind)) {
      HostileData.load(server);

      assertThat(TestServerIT.ask(server, "select count(*) from hostile_types.every_byte"))
          .isEqualTo("256");
    }
  }
}
