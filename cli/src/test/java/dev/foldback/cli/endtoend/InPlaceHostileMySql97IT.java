package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class InPlaceHostileMySql97IT extends InPlaceHostileContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
