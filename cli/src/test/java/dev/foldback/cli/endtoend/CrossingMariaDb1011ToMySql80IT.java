package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class CrossingMariaDb1011ToMySql80IT extends CrossingContract {
  @Override
  ServerKind from() {
    return ServerKind.MARIADB_10_11;
  }

  @Override
  ServerKind to() {
    return ServerKind.MYSQL_8_0;
  }

  @Override
  boolean alwaysHostile() {
    return true;
  }
}
