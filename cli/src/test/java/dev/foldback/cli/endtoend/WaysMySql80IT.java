package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class WaysMySql80IT extends WaysContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
