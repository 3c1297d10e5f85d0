package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class MomentMariaDb114IT extends MomentContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
