package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class PartialJsonMySql97IT extends PartialJsonContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
