package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class PartsMariaDb114IT extends PartsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
