package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class RoundTripMySql97IT extends RoundTripContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
