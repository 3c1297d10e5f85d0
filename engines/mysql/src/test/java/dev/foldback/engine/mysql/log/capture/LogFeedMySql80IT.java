package dev.foldback.engine.mysql.log.capture;

import dev.foldback.testkit.server.ServerKind;

class LogFeedMySql80IT extends LogFeedContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
