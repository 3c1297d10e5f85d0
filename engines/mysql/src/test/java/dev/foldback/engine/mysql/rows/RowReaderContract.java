package dev.foldback.engine.mysql.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.ColumnLayout.Encoding;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows arrive byte for byte. The server's own HEX is the judge. */
abstract class RowReaderContract {
  abstract TestServer server();

  @BeforeEach
  void schema() throws SQLException {
    server().execute("drop database if exists reading", "create database reading");
  }

  @Test
  void textsComeInTheirOwnCharacterSets() throws Exception {
    server()
        .execute(
            """
            create table reading.t (id int primary key,
              l varchar(20) character set latin1, u varchar(20) character set utf8mb4,
              g varchar(20) character set gbk, s varchar(20) character set sjis,
              w varchar(20) character set utf16, b varbinary(20), c char(10) character set latin1,
              bin binary(6), bits bit(13), j json) engine=innodb\
            """,
            """
            insert into reading.t values
              (1, X'E4F6FC00', _utf8mb4 X'F09F9880C3A4', X'C4E3BAC3', X'83658358835C5C',
               X'D83DDE000061', X'000A095C0D1A27', X'61', X'0A00', b'1000000000101',
               '{"a": "\\\\u00e4\\\\n", "b": [1, null]}'),
              (2, null, '', null, '', null, '', '', '', b'0', null)\
            """);
    assertSameBytes("t", List.of("l", "u", "g", "s", "w", "b", "c", "bin", "bits", "j"));
  }

  @Test
  void oddDatesAndNumbersComeAsTheyAre() throws Exception {
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set sql_mode='ALLOW_INVALID_DATES', time_zone='+02:00'");
      statement.execute(
          """
          create table reading.d (id int primary key, d date, t time(6), dt datetime(3),
            ts timestamp(6) null, y year, n decimal(65,30), u bigint unsigned, z int zerofill)\
          """);
      statement.execute(
          """
          insert into reading.d values
            (1,'0000-00-00','-838:59:59.000000','2020-02-31 10:00:00.125','2038-01-19 05:14:07.999999',
             0,'-99999999999999999999999999999999999.999999999999999999999999999999',
             18446744073709551615,42),
            (2,'2020-00-15','838:59:59','0000-00-00',null,2155,'0',0,null)\
          """);
    }
    assertSameBytes("d", List.of("d", "t", "dt", "ts", "y", "n", "u", "z"));
  }

  @Test
  void floatsKeepAllBits() throws Exception {
    server()
        .execute(
            """
            create table reading.f (id int primary key, f float, fu float unsigned zerofill,
              fm float(12,4), d double, dm double(20,6))\
            """);
    long seed = Seed.next();
    Random random = new Random(seed);
    try (Connection connection = server().connect(Map.of("useServerPrepStmts", "true"));
        PreparedStatement insert =
            connection.prepareStatement("insert into reading.f values (?,?,?,?,?,?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 500; i++) {
        float f = Float.intBitsToFloat(random.nextInt());
        double d = Double.longBitsToDouble(random.nextLong());
        insert.setInt(1, i);
        insert.setFloat(2, i == 0 ? Float.MIN_VALUE : Float.isFinite(f) ? f : 0.1f);
        insert.setFloat(3, Float.isFinite(f) ? Math.abs(f) : 16_777_215f);
        insert.setDouble(4, random.nextInt() / 1e4);
        insert.setDouble(5, i == 0 ? Double.MIN_VALUE : Double.isFinite(d) ? d : -0.0);
        insert.setDouble(6, random.nextInt() / 1e6);
        insert.execute();
      }
      connection.commit();
      List<String> rows = read("f");
      // The binary protocol carries the bits.
      try (PreparedStatement select =
          connection.prepareStatement(
              "select id,f,fu,fm,d,dm from reading.f where id>=? order by id")) {
        select.setInt(1, 0);
        try (ResultSet exact = select.executeQuery()) {
          for (String row : rows) {
            exact.next();
            String[] values = row.split("\t", -1);
            for (int c = 1; c <= 5; c++) {
              double expected = c <= 3 ? exact.getFloat(c + 1) : exact.getDouble(c + 1);
              assertThat(Double.doubleToRawLongBits(Double.parseDouble(values[c])))
                  .as("seed %d row %s column %d", seed, values[0], c)
                  .isEqualTo(Double.doubleToRawLongBits(expected));
            }
          }
        }
      }
      assertThat(rows).hasSize(500);
    }
  }

  @Test
  void enumsAndSetsComeAsStoredNumbers() throws Exception {
    StringBuilder members = new StringBuilder("'m0'");
    for (int i = 1; i < 64; i++) {
      members.append(",'m").append(i).append('\'');
    }
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set sql_mode=''");
      statement.execute(
          "create table reading.e (id int primary key, e enum('','b'), s set(" + members + "))");
      statement.execute(
          "insert into reading.e values (1,'zzz',''),(2,1,18446744073709551615),(3,'b',"
              + "9223372036854775808),(4,null,null)");
    }
    assertThat(read("e"))
        .containsExactly(
            "1\t0\t0", "2\t1\t18446744073709551615", "3\t2\t9223372036854775808", "4\t\\N\t\\N");
  }

  @Test
  void aRowOfNothingButNullsIsARow() throws Exception {
    server().execute("create table reading.n (a int, b text)");
    server().execute("insert into reading.n values (null,null),(null,null),(null,'x'),(1,null)");
    assertThat(read("n")).containsExactlyInAnyOrder("\\N\t\\N", "\\N\t\\N", "\\N\tx", "1\t\\N");
  }

  @Test
  void slicesTogetherAreTheWholeTableInOrderWithoutSorting() throws Exception {
    server().execute("create table reading.k (id int primary key, v int)");
    server().execute("insert into reading.k values (-5,1),(0,2),(7,3),(100,4)");
    TableDefinition table = definition("k");
    List<String> rows = new ArrayList<>();
    List<Slice> slices =
        List.of(new Slice(0, null, "0", 0), new Slice(1, "0", "8", 0), new Slice(2, "8", null, 0));
    Connector connector = Connector.to(server().endpoint());
    try (Connection connection = connector.openForRows("test");
        Statement statement = connection.createStatement()) {
      for (Slice slice : slices) {
        rows.addAll(read(connector, connection, table, slice));
        String sql = SelectStatement.of(connector.flavor(), table, table.name(), slice);
        try (ResultSet plan = statement.executeQuery("explain format=traditional " + sql)) {
          plan.next();
          assertThat(String.valueOf(plan.getString("Extra"))).doesNotContain("filesort");
          assertThat(plan.getString("key")).isEqualTo("PRIMARY");
        }
      }
    }
    assertThat(rows).containsExactly("-5\t1", "0\t2", "7\t3", "100\t4");
  }

  @Test
  void aValueOf64MiBFitsIntoTheDefaultHeap() throws Exception {
    server().execute("create table reading.big (id int primary key, v longblob)");
    server().execute("insert into reading.big values (1, repeat(X'00', 67108864))");
    TableDefinition table = definition("big");
    Connector connector = Connector.to(server().endpoint());
    long[] size = new long[1];
    RowBuffer buffer = new RowBuffer(1 << 20);
    RowSink sink =
        new RowSink() {
          @Override
          public RowBuffer buffer() {
            return buffer;
          }

          @Override
          public void endRow() {
            size[0] += buffer.length;
            buffer.length = 0;
          }
        };
    try (Connection connection = connector.openForRows("test")) {
      long rows =
          RowReader.read(
              connection, connector.flavor(), table, table.name(), table.slices().get(0), sink);
      assertThat(rows).isEqualTo(1);
    }
    assertThat(size[0]).isEqualTo("1\t\n".length() + 2L * 67_108_864);
  }

  private void assertSameBytes(String table, List<String> columns) throws Exception {
    List<String> rows = read(table);
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set time_zone='+00:00'");
      TableDefinition definition = definition(table);
      for (int c = 0; c < columns.size(); c++) {
        int at = c + 1;
        ColumnLayout layout = definition.columns().get(at);
        // Binary strings and texts as they are; numbers and dates as their text.
        String expression =
            layout.encoding() == Encoding.NUMBER || layout.type().startsWith("d")
                ? "hex(concat(" + layout.name() + ",''))"
                : layout.type().startsWith("bit")
                    ? "lpad(hex(" + layout.name() + "),4,'0')"
                    : "hex(" + layout.name() + ")";
        try (ResultSet expected =
            statement.executeQuery(
                "select " + expression + " from reading." + table + " order by id")) {
          for (String row : rows) {
            expected.next();
            String value = row.split("\t", -1)[at];
            assertThat(value.equals("\\N") ? null : hexOf(value))
                .as("%s of row %s", layout, row)
                .isEqualTo(expected.getString(1));
          }
        }
      }
    }
    assertThat(rows).hasSize(2);
  }

  private static String hexOf(String escaped) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        c =
            switch (escaped.charAt(++i)) {
              case '0' -> '\0';
              case 't' -> '\t';
              case 'n' -> '\n';
              default -> '\\';
            };
      }
      plain.append(c);
    }
    return HexFormat.of()
        .withUpperCase()
        .formatHex(plain.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private TableDefinition definition(String table) throws SQLException {
    Connector connector = Connector.to(server().endpoint());
    try (Connection connection = connector.open("test")) {
      return CatalogReader.read(
              List.of(connection),
              connector.flavor(),
              new Selection(List.of("reading." + table), List.of()))
          .tables()
          .getFirst();
    }
  }

  private List<String> read(String table) throws SQLException {
    Connector connector = Connector.to(server().endpoint());
    TableDefinition definition = definition(table);
    assertThat(definition.name()).isEqualTo(new TableName("reading", table));
    try (Connection connection = connector.openForRows("test")) {
      return read(connector, connection, definition, definition.slices().getFirst());
    }
  }

  private static List<String> read(
      Connector connector, Connection connection, TableDefinition table, Slice slice) {
    List<String> rows = new ArrayList<>();
    RowBuffer buffer = new RowBuffer(64);
    RowSink sink =
        new RowSink() {
          @Override
          public RowBuffer buffer() {
            return buffer;
          }

          @Override
          public void endRow() {
            rows.add(new String(buffer.bytes, 0, buffer.length - 1, StandardCharsets.ISO_8859_1));
            buffer.length = 0;
          }
        };
    RowReader.read(connection, connector.flavor(), table, table.name(), slice, sink);
    return rows;
  }
}
