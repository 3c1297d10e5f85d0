package dev.foldback.engine.mysql.load;

import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.testkit.server.TestServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** Clears servers between tests. */
final class Emptying {
  private static final String SYSTEM =
      "('mysql','information_schema','performance_schema','sys','test')";

  private Emptying() {}

  static void everything(TestServer server) throws Exception {
    try (Connection connection = server.connect();
        Db db = new Db(connection)) {
      db.run("SET foreign_key_checks=0");
      List<String> schemas =
          db.column(
              "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN "
                  + SYSTEM);
      for (String schema : schemas) {
        db.run("DROP DATABASE " + Sql.name(schema));
      }
    }
  }

  static void inOneSession(TestServer server, String... statements) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
