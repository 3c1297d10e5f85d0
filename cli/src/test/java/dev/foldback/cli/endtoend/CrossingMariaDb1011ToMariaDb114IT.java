package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "foldback.slow", matches = "true")
class CrossingMariaDb1011ToMariaDb114IT extends CrossingContract {
  @Override
  ServerKind from() {
    return ServerKind.MARIADB_10_11;
  }

  @Override
  ServerKind to() {
    return ServerKind.MARIADB_11_4;
  }
}
