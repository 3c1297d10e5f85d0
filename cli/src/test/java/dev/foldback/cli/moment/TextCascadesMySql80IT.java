package dev.foldback.cli.moment;

import dev.foldback.testkit.server.ServerKind;

class TextCascadesMySql80IT extends TextCascadesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }

  @Override
  String noPad() {
    return "utf8mb4_0900_ai_ci";
  }

  @Override
  String noPadBinary() {
    return "utf8mb4_0900_bin";
  }
}
