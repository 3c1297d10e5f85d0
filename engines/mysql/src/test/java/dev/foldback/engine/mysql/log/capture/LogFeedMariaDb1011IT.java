package dev.foldback.engine.mysql.log.capture;

import dev.foldback.testkit.server.ServerKind;

class LogFeedMariaDb1011IT extends LogFeedContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_10_11;
  }
}
