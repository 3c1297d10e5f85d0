package dev.foldback.engine.mysql.connect;

import dev.foldback.testkit.server.ServerKind;

class TlsMariaDb114IT extends TlsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }
}
