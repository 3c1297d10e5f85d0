package dev.foldback.engine.mysql.catalog;

import dev.foldback.testkit.server.ServerKind;

class CatalogMariaDb114IT extends CatalogContract {
  CatalogMariaDb114IT() {
    super(ServerKind.MARIADB_11_4);
  }
}
