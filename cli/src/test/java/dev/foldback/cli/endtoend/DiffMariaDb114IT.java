package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class DiffMariaDb114IT extends DiffContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
