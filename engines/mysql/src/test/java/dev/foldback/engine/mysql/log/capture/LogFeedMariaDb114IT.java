package dev.foldback.engine.mysql.log.capture;

import dev.foldback.testkit.server.ServerKind;

class LogFeedMariaDb114IT extends LogFeedContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
