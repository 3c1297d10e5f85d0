package dev.foldback.engine.mysql.log.decode;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class DecodeMySql80IT extends MySqlDecodeContract {
  @Override
  TestServer server() {
    return TestServers.mySql80();
  }
}
