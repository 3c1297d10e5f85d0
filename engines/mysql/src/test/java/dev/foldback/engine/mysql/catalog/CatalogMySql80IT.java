package dev.foldback.engine.mysql.catalog;

import dev.foldback.testkit.server.ServerKind;

class CatalogMySql80IT extends CatalogContract {
  CatalogMySql80IT() {
    super(ServerKind.MYSQL_8_0);
  }
}
