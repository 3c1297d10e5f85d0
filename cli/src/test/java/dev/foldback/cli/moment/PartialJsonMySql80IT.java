package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class PartialJsonMySql80IT extends PartialJsonContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
