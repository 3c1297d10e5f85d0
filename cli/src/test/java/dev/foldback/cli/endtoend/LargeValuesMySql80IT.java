package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class LargeValuesMySql80IT extends LargeValuesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
