package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class RenameMariaDb114IT extends RenameContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
