package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class JsonMySql97IT extends JsonContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_9_7;
  }
}
