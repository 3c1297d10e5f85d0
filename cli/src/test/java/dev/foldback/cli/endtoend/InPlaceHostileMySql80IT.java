package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;
import java.util.List;

class InPlaceHostileMySql80IT extends InPlaceHostileContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }

  @Override
  List<String> without() {
    return List.of("*.second_engine");
  }
}
