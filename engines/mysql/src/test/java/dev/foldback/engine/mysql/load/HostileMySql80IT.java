package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;

class HostileMySql80IT extends HostileContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }

  @Override
  void prepare(TestServer target) throws Exception {
    target.execute("SET GLOBAL partial_revokes=ON");
  }
}
