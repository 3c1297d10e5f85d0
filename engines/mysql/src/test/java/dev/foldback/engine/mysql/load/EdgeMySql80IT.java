package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class EdgeMySql80IT extends EdgeContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
