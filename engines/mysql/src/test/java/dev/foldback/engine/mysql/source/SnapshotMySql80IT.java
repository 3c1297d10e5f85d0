package dev.foldback.engine.mysql.source;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class SnapshotMySql80IT extends SnapshotContract {
  @Override
  TestServer server() {
    return TestServers.mySql80();
  }
}
