package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class FullTargetMySql80IT extends FullTargetContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
