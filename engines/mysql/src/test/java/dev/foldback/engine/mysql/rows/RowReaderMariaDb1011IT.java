package dev.foldback.engine.mysql.rows;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class RowReaderMariaDb1011IT extends RowReaderContract {
  @Override
  TestServer server() {
    return TestServers.mariaDb1011();
  }
}
