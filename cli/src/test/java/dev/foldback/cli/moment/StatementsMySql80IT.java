package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class StatementsMySql80IT extends StatementsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
