package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class StatementsMariaDb114IT extends StatementsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
