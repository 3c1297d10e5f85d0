package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class FoldMariaDb1011IT extends FoldContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_10_11;
  }
}
