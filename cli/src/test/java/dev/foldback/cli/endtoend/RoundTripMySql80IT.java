package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class RoundTripMySql80IT extends RoundTripContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
