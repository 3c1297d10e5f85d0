package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class TextCascadesMariaDb114IT extends TextCascadesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }

  @Override
  String noPad() {
    return "utf8mb4_general_nopad_ci";
  }

  @Override
  String noPadBinary() {
    return "utf8mb4_nopad_bin";
  }
}
