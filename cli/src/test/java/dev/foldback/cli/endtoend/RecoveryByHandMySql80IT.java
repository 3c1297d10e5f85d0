package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;
import java.util.List;

class RecoveryByHandMySql80IT extends RecoveryByHandContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }

  @Override
  List<String> own() {
    return List.of("geometry srid 4326", "st_geomfromtext('point(1 2)', 4326)");
  }
}
