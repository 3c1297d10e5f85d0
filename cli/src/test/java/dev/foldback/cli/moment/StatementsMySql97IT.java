package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class StatementsMySql97IT extends StatementsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
