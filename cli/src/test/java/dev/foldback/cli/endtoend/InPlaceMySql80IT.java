package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class InPlaceMySql80IT extends InPlaceContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
