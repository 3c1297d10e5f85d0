package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class FullTargetMariaDb114IT extends FullTargetContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
