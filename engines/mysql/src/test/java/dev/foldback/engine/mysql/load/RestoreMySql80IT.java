package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class RestoreMySql80IT extends RestoreContract {
  @Override
  TestServer source() {
    return TestServers.mySql80();
  }

  @Override
  TestServer target() {
    return SecondServers.of(ServerKind.MYSQL_8_0);
  }
}
