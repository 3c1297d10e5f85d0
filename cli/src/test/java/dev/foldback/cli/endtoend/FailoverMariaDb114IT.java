package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class FailoverMariaDb114IT extends FailoverContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
