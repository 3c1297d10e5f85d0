package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class JsonMySql80IT extends JsonContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }
}
