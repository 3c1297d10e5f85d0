package dev.foldback.engine.mysql.log.capture;

import dev.foldback.testkit.server.ServerKind;

class LogFeedMySql97IT extends LogFeedContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
