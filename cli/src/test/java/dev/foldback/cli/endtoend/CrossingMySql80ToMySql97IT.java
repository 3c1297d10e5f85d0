package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class CrossingMySql80ToMySql97IT extends CrossingContract {
  @Override
  ServerKind from() {
    return ServerKind.MYSQL_8_0;
  }

  @Override
  ServerKind to() {
    return ServerKind.MYSQL_9_7;
  }
}
