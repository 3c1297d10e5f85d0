package dev.foldback.engine.mysql.log.decode;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class DecodeMariaDb118IT extends MariaDbDecodeContract {
  @Override
  TestServer server() {
    return TestServers.mariaDb118();
  }
}
