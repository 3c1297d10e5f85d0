package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;
import java.util.List;

class ValuesMySql80IT extends ValuesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }

  @Override
  List<String> own() {
    return List.of(
        "CREATE TABLE documents (id int PRIMARY KEY, j json)",
        "INSERT INTO documents VALUES (1, '{\"a\\\\n\": [1, 2.50, -1e300, \"é\\\\t\\\\\\\\\", null,"
            + " true]}'), (2, NULL), (3, 'null'), (4, '\"\"'), (5, '18446744073709551615')",
        "CREATE TABLE places (p point NOT NULL SRID 4326, SPATIAL KEY (p))",
        "INSERT INTO places VALUES (ST_GeomFromText('POINT(48.2 16.4)', 4326))",
        "CREATE TABLE hidden (a int INVISIBLE, b int DEFAULT (rand() * 0 + 7))",
        "INSERT INTO hidden (a, b) VALUES (1, 2), (NULL, NULL)");
  }
}
