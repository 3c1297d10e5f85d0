package dev.foldback.engine.mysql.source;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class SnapshotMariaDb114IT extends SnapshotContract {
  @Override
  TestServer server() {
    return TestServers.mariaDb114();
  }
}
