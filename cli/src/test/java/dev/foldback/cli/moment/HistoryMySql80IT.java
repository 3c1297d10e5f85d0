package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class HistoryMySql80IT extends HistoryContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
