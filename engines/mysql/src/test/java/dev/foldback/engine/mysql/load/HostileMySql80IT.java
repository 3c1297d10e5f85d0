package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class HostileMySql80IT extends HostileContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
