package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class OwnKeyCascadesMariaDb114IT extends OwnKeyCascadesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
