package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;
import java.util.List;

class RecoveryByHandMariaDb114IT extends RecoveryByHandContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }

  @Override
  List<String> own() {
    return List.of("uuid", "uuid()");
  }
}
