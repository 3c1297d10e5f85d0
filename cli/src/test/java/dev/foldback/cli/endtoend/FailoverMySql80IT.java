package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class FailoverMySql80IT extends FailoverContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
