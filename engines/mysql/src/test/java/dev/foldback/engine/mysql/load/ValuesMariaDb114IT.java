package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;
import java.util.List;

class ValuesMariaDb114IT extends ValuesContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }

  @Override
  List<String> own() {
    return List.of(
        "CREATE TABLE addresses (u uuid, i inet6, i4 inet4, j json)",
        "INSERT INTO addresses VALUES ('123e4567-e89b-12d3-a456-426655440000', '::ffff:1.2.3.4',"
            + " '1.2.3.4', '{\"a\":  1}'), (NULL, NULL, NULL, NULL)",
        "CREATE TABLE packed (a varchar(200) COMPRESSED, b blob COMPRESSED)",
        "INSERT INTO packed VALUES (repeat('x', 150), repeat('y', 9000)), ('', NULL)",
        "CREATE TABLE history (id int PRIMARY KEY, v varchar(5)) WITH SYSTEM VERSIONING",
        "INSERT INTO history VALUES (1, 'a'), (2, 'b')",
        "UPDATE history SET v = 'c' WHERE id = 1",
        "DELETE FROM history WHERE id = 2",
        "CREATE TABLE named (id int, s timestamp(6) GENERATED ALWAYS AS ROW START INVISIBLE, e"
            + " timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH"
            + " SYSTEM VERSIONING",
        "INSERT INTO named (id) VALUES (1), (2)",
        "DELETE FROM named WHERE id = 1",
        "CREATE TABLE booked (id int, a date, b date, PERIOD FOR p (a, b), UNIQUE (id, p WITHOUT"
            + " OVERLAPS), KEY k (id))",
        "INSERT INTO booked VALUES (1, '2020-01-01', '2021-01-01')",
        "CREATE SEQUENCE sq START 5 INCREMENT 3",
        "CREATE TABLE numbered (id bigint DEFAULT nextval(v.sq), x int)",
        "INSERT INTO numbered (x) VALUES (1), (2)");
  }
}
