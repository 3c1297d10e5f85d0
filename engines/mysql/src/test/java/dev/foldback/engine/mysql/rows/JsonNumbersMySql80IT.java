package dev.foldback.engine.mysql.rows;

import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;

class JsonNumbersMySql80IT extends JsonNumbersContract {
  @Override
  TestServer server() {
    return TestServers.mySql80();
  }

  @Override
  JsonReading reading() {
    return JsonReading.NEARBY;
  }
}
