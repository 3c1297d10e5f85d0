package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class HistoryMariaDb114IT extends HistoryContract {
  @Override
  TestServer server() {
    return TestServers.mariaDb114();
  }
}
