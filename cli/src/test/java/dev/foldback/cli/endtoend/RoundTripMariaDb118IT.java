package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class RoundTripMariaDb118IT extends RoundTripContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_8;
  }
}
