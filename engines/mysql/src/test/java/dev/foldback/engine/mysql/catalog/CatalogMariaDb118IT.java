package dev.foldback.engine.mysql.catalog;

import dev.foldback.testkit.server.ServerKind;

class CatalogMariaDb118IT extends CatalogContract {
  CatalogMariaDb118IT() {
    super(ServerKind.MARIADB_11_8);
  }
}
