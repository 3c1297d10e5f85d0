package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class OwnKeyCascadesMariaDb1011IT extends OwnKeyCascadesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_10_11;
  }
}
