package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class InPlaceMariaDb114IT extends InPlaceContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
