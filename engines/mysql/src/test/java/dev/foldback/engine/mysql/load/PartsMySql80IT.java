package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class PartsMySql80IT extends PartsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
