package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class ServerTroubleMariaDb114IT extends ServerTroubleContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
