package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class TextCascadesMariaDb1011IT extends TextCascadesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_10_11;
  }

  @Override
  String noPad() {
    return "utf8mb4_uca1400_nopad_ai_ci";
  }

  @Override
  String noPadBinary() {
    return "utf8mb4_nopad_bin";
  }
}
