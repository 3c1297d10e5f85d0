package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;

class CaptureMariaDb114IT extends CaptureContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
