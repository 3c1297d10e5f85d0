package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class KilledMySql80IT extends KilledContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
