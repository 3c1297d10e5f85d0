package dev.foldback.engine.mysql.catalog;

import dev.foldback.testkit.server.ServerKind;

class CatalogMySql97IT extends CatalogContract {
  CatalogMySql97IT() {
    super(ServerKind.MYSQL_9_7);
  }
}
