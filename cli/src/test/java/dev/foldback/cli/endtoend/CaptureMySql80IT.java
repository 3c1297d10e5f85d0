package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class CaptureMySql80IT extends CaptureContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
