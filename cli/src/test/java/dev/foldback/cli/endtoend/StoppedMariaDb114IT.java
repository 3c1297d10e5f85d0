package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class StoppedMariaDb114IT extends StoppedContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
