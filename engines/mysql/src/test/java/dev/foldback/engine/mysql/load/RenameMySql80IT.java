package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class RenameMySql80IT extends RenameContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
