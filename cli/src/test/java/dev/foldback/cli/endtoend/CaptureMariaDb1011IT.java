package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class CaptureMariaDb1011IT extends CaptureContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_10_11;
  }
}
