package dev.foldback.engine.mysql.ddl;

import dev.foldback.testkit.server.ServerKind;

class CollationMariaDb1011IT extends CollationContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_10_11;
  }
}
