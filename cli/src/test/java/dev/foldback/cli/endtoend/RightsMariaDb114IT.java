package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class RightsMariaDb114IT extends RightsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
