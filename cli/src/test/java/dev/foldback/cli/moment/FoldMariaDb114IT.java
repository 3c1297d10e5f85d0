package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class FoldMariaDb114IT extends FoldContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
