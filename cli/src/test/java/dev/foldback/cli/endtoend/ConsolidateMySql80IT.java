package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class ConsolidateMySql80IT extends ConsolidateContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
