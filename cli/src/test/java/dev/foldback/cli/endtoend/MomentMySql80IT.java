package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class MomentMySql80IT extends MomentContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
