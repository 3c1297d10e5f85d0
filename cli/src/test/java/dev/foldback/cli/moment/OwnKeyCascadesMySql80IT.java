package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class OwnKeyCascadesMySql80IT extends OwnKeyCascadesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
