package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class FoldMySql80IT extends FoldContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
