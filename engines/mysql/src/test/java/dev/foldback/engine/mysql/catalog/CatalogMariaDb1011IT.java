package dev.foldback.engine.mysql.catalog;

import dev.foldback.testkit.server.ServerKind;

class CatalogMariaDb1011IT extends CatalogContract {
  CatalogMariaDb1011IT() {
    super(ServerKind.MARIADB_10_11);
  }
}
