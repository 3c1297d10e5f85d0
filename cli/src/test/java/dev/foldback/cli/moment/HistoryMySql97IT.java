package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class HistoryMySql97IT extends HistoryContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }

  @Override
  boolean cascadesAreLogged() {
    return true;
  }
}
