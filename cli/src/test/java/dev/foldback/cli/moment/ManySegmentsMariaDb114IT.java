package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class ManySegmentsMariaDb114IT extends ManySegmentsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
