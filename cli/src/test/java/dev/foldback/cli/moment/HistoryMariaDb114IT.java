package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class HistoryMariaDb114IT extends HistoryContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
