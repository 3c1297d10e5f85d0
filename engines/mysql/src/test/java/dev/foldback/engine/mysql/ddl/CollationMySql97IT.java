package dev.foldback.engine.mysql.ddl;

import dev.foldback.testkit.server.ServerKind;

class CollationMySql97IT extends CollationContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
