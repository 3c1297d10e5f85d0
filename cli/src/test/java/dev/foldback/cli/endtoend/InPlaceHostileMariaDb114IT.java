package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class InPlaceHostileMariaDb114IT extends InPlaceHostileContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
