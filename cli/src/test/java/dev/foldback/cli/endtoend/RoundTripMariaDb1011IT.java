package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class RoundTripMariaDb1011IT extends RoundTripContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_10_11;
  }
}
