package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class FoldMySql97IT extends FoldContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
