package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class StoppedMySql80IT extends StoppedContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
