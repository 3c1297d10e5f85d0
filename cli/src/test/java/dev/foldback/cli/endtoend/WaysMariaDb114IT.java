package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class WaysMariaDb114IT extends WaysContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
