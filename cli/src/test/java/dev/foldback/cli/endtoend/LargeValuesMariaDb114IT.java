package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class LargeValuesMariaDb114IT extends LargeValuesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
