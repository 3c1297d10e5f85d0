package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class PacketMySql80IT extends PacketContract {
  @Override
  TestServer source() {
    return TestServers.mySql80();
  }

  @Override
  TestServer target() {
    return SecondServers.of(ServerKind.MYSQL_8_0);
  }

  @Override
  boolean boundsJson() {
    return true;
  }
}
