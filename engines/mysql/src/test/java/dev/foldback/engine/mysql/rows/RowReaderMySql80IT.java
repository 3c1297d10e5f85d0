package dev.foldback.engine.mysql.rows;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class RowReaderMySql80IT extends RowReaderContract {
  @Override
  TestServer server() {
    return TestServers.mySql80();
  }
}
