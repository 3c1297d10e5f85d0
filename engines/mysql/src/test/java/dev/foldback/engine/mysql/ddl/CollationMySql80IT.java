package dev.foldback.engine.mysql.ddl;

import dev.foldback.testkit.server.ServerKind;

class CollationMySql80IT extends CollationContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
