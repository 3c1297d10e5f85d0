package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every value comes back to the byte: compared by the server's own HEX, floats by their bits. */
abstract class ValuesContract {
  private static final String LOOSE =
      "SET sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES', time_zone='+00:00'";

  private final TestServer source = TestServers.shared(kind());
  private final TestServer target = SecondServers.of(kind());

  abstract ServerKind kind();

  /** Statements that make tables of what only this server has. */
  abstract List<String> own();

  @BeforeEach
  @AfterEach
  void empty() throws Exception {
    Emptying.everything(source);
    Emptying.everything(target);
  }

  @Test
  void byLoadData() throws Exception {
    make();
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      assertThat(RestoreContract.warnings(taken.restore(to, taken.request()))).isEmpty();
    }
    assertSame(taken.catalog().tables());
  }

  @Test
  void byInsertWhereLocalIsRefused() throws Exception {
    make();
    Taken taken = Taken.from(source, Selection.ALL);
    target.execute("SET GLOBAL local_infile=0");
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      taken.restore(to, taken.request());
    } finally {
      target.execute("SET GLOBAL local_infile=1");
    }
    assertSame(taken.catalog().tables());
  }

  private void make() throws Exception {
    List<String> sql = new ArrayList<>();
    sql.add(LOOSE);
    sql.add("CREATE DATABASE v");
    sql.add("USE v");
    sql.addAll(numbers());
    sql.addAll(texts());
    sql.addAll(times());
    sql.addAll(own());
    Emptying.inOneSession(source, sql.toArray(String[]::new));
  }

  private static List<String> numbers() {
    String members =
        IntStream.range(0, 64).mapToObj(i -> "'m" + i + "'").collect(Collectors.joining(","));
    return List.of(
        "CREATE TABLE numbers (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, f float, d"
            + " double, f2 float(7,3), m decimal(65,30), b bit(64), b3 bit(3), y year, t tinyint"
            + " zerofill)",
        "INSERT INTO numbers VALUES (0, 0.1, 0.1, 1.235, 1e34, b'1', b'101', 0, 7),"
            + " (18446744073709551614, -3.4028234e38, 1.7976931348623157e308, -9999.999,"
            + " -12345678901234567890123456789012345.123456789012345678901234567890,"
            + " 18446744073709551615, 0, 2155, 127), (5, 1.17549435e-38, 2.2250738585072014e-308,"
            + " 0, 0, 0x095C0A0D00275C5C, 7, 1901, 0), (6, NULL, NULL, NULL, NULL, NULL, NULL,"
            + " NULL, NULL), (7, 16777217, 0.1e0+0.2e0, 1e-3, 1, 0x5C4E, 1, 2000, 1), (8, -0e0,"
            + " -0e0, 0.3, 0.1, 0x0A, 2, 1999, 2)",
        "CREATE TABLE members (e enum('', 'a', '1', '0', 'b''c\\t'), s set(" + members + "))",
        "INSERT INTO members VALUES ('', 0), (0, 18446744073709551615), ('not there', 'm0'), ('1',"
            + " 'm63'), ('0', 9223372036854775807), (NULL, NULL), (5, 'm1,m62')");
  }

  private static List<String> texts() {
    return List.of(
        "CREATE TABLE texts (id int PRIMARY KEY, l varchar(300) CHARACTER SET latin1, u varchar(50)"
            + " CHARACTER SET utf8mb4, u3 varchar(50) CHARACTER SET utf8mb3, w varchar(50)"
            + " CHARACTER SET utf16, w4 varchar(50) CHARACTER SET utf32, w2 char(20) CHARACTER SET"
            + " ucs2, g varchar(50) CHARACTER SET gbk, s varchar(50) CHARACTER SET sjis, c char(10)"
            + " CHARACTER SET utf8mb4, bi binary(5), vb varbinary(300), bl blob, tx text, lt"
            + " longtext CHARACTER SET gbk)",
        "INSERT INTO texts VALUES (1, X'8183C3A95C0A09', X'F09F98805C', 'é\\\\n', X'D83DDE000041',"
            + " X'0001F600', X'5C0A0009000A', X'815C', X'835C8E5C', 'a  ', X'0100', X'00090A5C4E',"
            + " X'5C4E', '\\\\N', X'FE5C')",
        "INSERT INTO texts (id) VALUES (2)",
        "INSERT INTO texts VALUES (3, '', '', '', '', '', '', '', '', '', '', '', '', '', '')",
        "INSERT INTO texts (id, l, vb, bl, tx) SELECT 4, GROUP_CONCAT(CONVERT(CHAR(n) USING binary)"
            + " SEPARATOR ''), GROUP_CONCAT(CHAR(n) ORDER BY n SEPARATOR ''), GROUP_CONCAT(CHAR(n)"
            + " ORDER BY n SEPARATOR ''), 'N' FROM (WITH RECURSIVE r AS (SELECT 0 n UNION ALL"
            + " SELECT n+1 FROM r WHERE n < 255) SELECT n FROM r) x",
        "CREATE TABLE gens (a int, v int AS (a * 2) VIRTUAL, b varchar(5), s varchar(9) AS"
            + " (concat(b, '!')) STORED, KEY (v))",
        "INSERT INTO gens (a, b) VALUES (1, 'x'), (NULL, NULL)",
        "CREATE TABLE only_generated (v int AS (1) VIRTUAL)",
        "INSERT INTO only_generated VALUES (), ()",
        "CREATE TABLE shapes (g geometry, p point)",
        "INSERT INTO shapes VALUES (ST_GeomFromText('POLYGON((0 0,9 0,9 9,0 0))'),"
            + " ST_GeomFromText('POINT(10 92)')), (NULL, NULL),"
            + " (ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))'), NULL)",
        "CREATE TABLE duplicates (a int, b varchar(5))",
        "INSERT INTO duplicates VALUES (1, 'x'), (1, 'x'), (NULL, NULL), (NULL, NULL)");
  }

  private static List<String> times() {
    return List.of(
        "CREATE TABLE times (id int PRIMARY KEY, d date, dt datetime(6), ts timestamp(6) NULL, t"
            + " time(6), t0 time)",
        "INSERT INTO times VALUES (1, '0000-00-00', '0000-00-00', '1970-01-01 00:00:01.000001',"
            + " '-838:59:59', '838:59:59'), (2, '2004-02-31', '2004-00-00 01:02:03.999999',"
            + " '2038-01-19 03:14:07.999999', '00:00:00.000001', '-00:00:01'), (3, '2004-00-15',"
            + " '9999-12-31 23:59:59.999999', '2024-10-27 01:30:00', '1:00', '0:0:1'), (4, NULL,"
            + " NULL, NULL, NULL, NULL), (5, '1000-01-01', '0000-01-00', '0000-00-00 00:00:00', 0,"
            + " 0)");
  }

  private void assertSame(List<TableDefinition> tables) throws Exception {
    assertThat(tables).isNotEmpty();
    for (TableDefinition table : tables) {
      assertThat(hex(target, table)).as(table.name().toString()).isEqualTo(hex(source, table));
    }
    String auto = "SHOW CREATE TABLE v.numbers";
    assertThat(show(target, auto)).isEqualTo(show(source, auto));
  }

  private static String show(TestServer server, String sql) throws Exception {
    try (Connection connection = server.connect();
        Db db = new Db(connection)) {
      return db.rows(sql).toString();
    }
  }

  private static List<String> hex(TestServer server, TableDefinition table) throws Exception {
    TableName name = table.name();
    String columns =
        table.columns().stream().map(ValuesContract::hex).collect(Collectors.joining(","));
    String from =
        Sql.name(name.schema(), name.table())
            + (table.properties().containsKey("versioned") ? " FOR SYSTEM_TIME ALL" : "");
    try (Connection connection = server.connect();
        Db db = new Db(connection)) {
      db.run(LOOSE);
      String sql = "SELECT " + (columns.isEmpty() ? "1" : columns) + " FROM " + from;
      return db.rows(sql).stream().map(Object::toString).sorted().toList();
    }
  }

  private static String hex(ColumnLayout column) {
    String name = Sql.name(column.name());
    String value =
        switch (column.encoding()) {
          case FLOAT -> "FORMAT(" + name + "*1e0, 38), HEX(CAST(" + name + "*1e0 AS CHAR))";
          case INDEX -> "HEX(CAST(" + name + " AS UNSIGNED)), HEX(" + name + ")";
          case BYTES -> "HEX(" + name + ")";
          case NUMBER, JSON, TEXT -> "HEX(CAST(" + name + " AS CHAR))";
        };
    return "IF(" + name + " IS NULL, 'null', 'value')," + value;
  }
}
