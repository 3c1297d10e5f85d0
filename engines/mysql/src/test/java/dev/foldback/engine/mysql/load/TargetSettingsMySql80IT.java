package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class TargetSettingsMySql80IT extends TargetSettingsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
