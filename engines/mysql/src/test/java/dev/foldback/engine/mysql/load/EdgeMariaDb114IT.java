package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class EdgeMariaDb114IT extends EdgeContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
