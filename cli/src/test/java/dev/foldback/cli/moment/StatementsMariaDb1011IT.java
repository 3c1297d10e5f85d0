package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class StatementsMariaDb1011IT extends StatementsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_10_11;
  }
}
