package dev.foldback.engine.mysql.ddl;

import dev.foldback.testkit.server.ServerKind;

class CollationMariaDb118IT extends CollationContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_8;
  }
}
