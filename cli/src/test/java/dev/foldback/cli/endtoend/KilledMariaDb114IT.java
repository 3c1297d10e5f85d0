package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class KilledMariaDb114IT extends KilledContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
