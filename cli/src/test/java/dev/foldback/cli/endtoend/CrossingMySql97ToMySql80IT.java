package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "foldback.slow", matches = "true")
class CrossingMySql97ToMySql80IT extends CrossingContract {
  @Override
  ServerKind from() {
    return ServerKind.MYSQL_9_7;
  }

  @Override
  ServerKind to() {
    return ServerKind.MYSQL_8_0;
  }
}
