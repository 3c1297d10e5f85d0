package dev.foldback.engine.mysql.source;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class SnapshotMariaDb1011IT extends SnapshotContract {
  @Override
  TestServer server() {
    return TestServers.mariaDb1011();
  }
}
