package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class TargetSettingsMariaDb114IT extends TargetSettingsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
