package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class DiffMySql80IT extends DiffContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
