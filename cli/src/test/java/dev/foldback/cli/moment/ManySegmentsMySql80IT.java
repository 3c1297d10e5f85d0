package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class ManySegmentsMySql80IT extends ManySegmentsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
