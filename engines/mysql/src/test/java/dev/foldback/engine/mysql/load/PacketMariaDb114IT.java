package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class PacketMariaDb114IT extends PacketContract {
  @Override
  TestServer source() {
    return TestServers.mariaDb114();
  }

  @Override
  TestServer target() {
    return SecondServers.of(ServerKind.MARIADB_11_4);
  }

  @Override
  boolean boundsJson() {
    return false;
  }
}
