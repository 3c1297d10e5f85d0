package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents with numbers that their text alone would not make again. */
abstract class JsonContract {
  private static final long SEED = Seed.next();

  private final TestServer source = TestServers.shared(kind());
  private final TestServer target = SecondServers.of(kind());

  abstract ServerKind kind();

  @BeforeEach
  @AfterEach
  void empty() throws Exception {
    target.execute("SET GLOBAL local_infile=1", "SET GLOBAL max_allowed_packet=268435456");
    Emptying.everything(source);
    Emptying.everything(target);
  }

  @Test
  void decimalsAndDoublesComeBackInOrder() throws Exception {
    make();
    restored();
  }

  @Test
  void andSoTheyDoWhereLocalIsRefused() throws Exception {
    make();
    target.execute("SET GLOBAL local_infile=0");
    restored();
  }

  @Test
  void andWhereATableIsLoadedInParts() throws Exception {
    make();
    System.setProperty(ChunkSize.PROPERTY, "200");
    try {
      restored();
    } finally {
      System.clearProperty(ChunkSize.PROPERTY);
    }
  }

  /** Many literals in one statement, in a document that nests as deep as one can. */
  @Test
  void aLargeDocumentComesBack() throws Exception {
    StringBuilder many = new StringBuilder("JSON_ARRAY(0.10");
    for (int i = 1; i < 30_000; i++) {
      many.append(',').append(i).append(i % 2 == 0 ? ".50" : "");
    }
    String deep = "JSON_ARRAY(".repeat(99) + "1.10" + ")".repeat(99);
    source.execute(
        "CREATE DATABASE j",
        "CREATE TABLE j.t (id int PRIMARY KEY, d json)",
        "INSERT INTO j.t VALUES (1, " + many + ")), (2, " + deep + ")",
        "INSERT INTO j.t VALUES (3, JSON_OBJECT(REPEAT('k', 60000), 1.10, 's', REPEAT('ü',"
            + " 900000)))",
        "INSERT INTO j.t SELECT 4 + d.n * 10 + e.n, JSON_OBJECT('n', d.n * 1.10, 'e', e.n)"
            + " FROM JSON_TABLE('[0,1,2,3,4,5,6,7,8,9]', '$[*]' COLUMNS (n int PATH '$')) d,"
            + " JSON_TABLE('[0,1,2,3,4,5,6,7,8,9]', '$[*]' COLUMNS (n int PATH '$')) e");
    restored();
  }

  @Test
  void aStatementAboveThePacketIsRefusedByName() throws Exception {
    source.execute(
        "CREATE DATABASE j",
        "CREATE TABLE j.t (d json)",
        "INSERT INTO j.t VALUES ('[1]'), (JSON_ARRAY(1.10, CAST(CONCAT('[\"x\"', REPEAT(',\"x\"',"
            + " 50000), ']') AS JSON)))",
        "UPDATE j.t SET d = JSON_SET(d, '$[1][0]', 2.20) WHERE JSON_LENGTH(d) = 2");
    Taken taken = Taken.from(source, Selection.ALL);
    target.execute("SET GLOBAL max_allowed_packet=1048576");
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      assertThatThrownBy(() -> taken.restore(to, taken.request()))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> {
                assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
                assertThat(e.getMessage()).contains("j.t");
              });
    }
  }

  private void make() throws Exception {
    List<String> sql = new ArrayList<>();
    sql.add("CREATE DATABASE j");
    sql.add("USE j");
    sql.add("CREATE TABLE t (v varchar(20) DEFAULT '1.10\\t', d json, b varbinary(9), e json)");
    sql.add("INSERT INTO t (d) VALUES ('[1, 2.5]'), (NULL), ('\"1.10\\\\\\\\\\\\\"\"')");
    for (int i = 0; i < 2; i++) {
      // Equal rows, and ordinary ones between them: nothing but their order tells them apart.
      sql.add("INSERT INTO t VALUES (NULL, JSON_OBJECT('n', 12.3400), 0x5C0A00, '[2.5]')");
      sql.add("INSERT INTO t (d) VALUES ('[1, 2.5]'), (JSON_ARRAY(-12.3400, 'é', '\\\\')), (NULL)");
      sql.add("INSERT INTO t VALUES ('a', '{\"n\": 12.34}', '', CAST(0.10 AS JSON))");
    }
    for (String document : documents()) {
      sql.add("INSERT INTO t (e) VALUES (" + document + ")");
    }
    sql.add("CREATE TABLE doubles (d json)");
    sql.add("INSERT INTO doubles VALUES ('[1, 2.5]'), (" + doubles() + "), ('[]')");
    Emptying.inOneSession(source, sql.toArray(String[]::new));
  }

  private static List<String> documents() {
    String most = "9".repeat(65);
    String longest = "12345678901234567890123456789012345.123456789012345678901234567890";
    return List.of(
        "CAST(5.00 AS JSON)",
        "CAST(-" + most + " AS JSON)",
        "JSON_ARRAY(" + most + ", " + longest + ", -" + longest + ", 18446744073709551616)",
        "JSON_ARRAY(18446744073709551615, -9223372036854775808, 0.00,"
            + " 0.000000000000000000000000000001)",
        "JSON_OBJECT('', 1.10, 'a\"b', 2.20, 'a\\\\b', 3.30, 'a\\n"
            + "b\\0\\Z', 4.40, '😀', 5.50, '$.x', 6.60, '[0]', 7.70, 'it''s ?', 8.80, '{',"
            + " JSON_OBJECT('}', JSON_ARRAY('1.10', 9.90)))",
        "JSON_ARRAY(NULL, true, false, '', '\"1.10', JSON_ARRAY(), JSON_OBJECT(), 1.10,"
            + " JSON_OBJECT('ñ', JSON_ARRAY(1, 2.50, 'x\\\\\"\\t', JSON_ARRAY(JSON_ARRAY(0.10)))))",
        "JSON_OBJECT('d', CAST('2020-01-01' AS date), 't', CAST('-10:00:00.5' AS time(6)), 'b',"
            + " CAST(X'005C0A' AS binary), 'n', 1.10, 'x', 1e300, 'y', -0e0)",
        "JSON_ARRAY(1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 0.1e0, 1e15, 1e-15)");
  }

  private static String doubles() {
    Random random = new Random(SEED);
    StringBuilder array = new StringBuilder("JSON_ARRAY(1e0");
    for (int i = 0; i < 500; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      double some = i % 2 == 0 && Double.isFinite(any) ? any : random.nextGaussian() * 1000;
      String text = Double.toString(some);
      array.append(',').append(text.indexOf('E') < 0 ? text + "e0" : text);
    }
    return array.append(')').toString();
  }

  /** The restore compares as well; this is seen from outside. */
  private void restored() throws Exception {
    Taken taken = Taken.from(source, Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
      taken.restore(to, taken.request());
    }
    for (var table : taken.catalog().tables()) {
      assertThat(rows(target, table.name().table()))
          .as("seed " + SEED)
          .isEqualTo(rows(source, table.name().table()));
    }
  }

  private static List<List<String>> rows(TestServer server, String table) throws Exception {
    try (Connection connection = server.connect();
        Db db = new Db(connection)) {
      return db.rows("SELECT * FROM j." + table);
    }
  }
}
