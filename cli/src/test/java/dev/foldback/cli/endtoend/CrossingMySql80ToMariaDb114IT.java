package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class CrossingMySql80ToMariaDb114IT extends CrossingContract {
  @Override
  ServerKind from() {
    return ServerKind.MYSQL_8_0;
  }

  @Override
  ServerKind to() {
    return ServerKind.MARIADB_11_4;
  }

  @Override
  boolean alwaysHostile() {
    return true;
  }
}
