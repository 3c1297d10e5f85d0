package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class ConsolidateMariaDb114IT extends ConsolidateContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
