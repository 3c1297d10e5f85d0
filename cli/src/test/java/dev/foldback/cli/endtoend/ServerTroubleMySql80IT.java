package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class ServerTroubleMySql80IT extends ServerTroubleContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
