package dev.foldback.engine.mysql.rows;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class JsonNumbersMySql97IT extends JsonNumbersContract {
  @Override
  TestServer server() {
    return TestServers.mySql97();
  }

  @Override
  JsonReading reading() {
    return JsonReading.NEAREST;
  }
}
