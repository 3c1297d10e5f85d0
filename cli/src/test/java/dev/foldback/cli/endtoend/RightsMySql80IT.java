package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class RightsMySql80IT extends RightsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
