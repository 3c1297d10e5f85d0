package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class CaptureMySql97IT extends CaptureContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
