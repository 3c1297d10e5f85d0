package dev.foldback.engine.mysql.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.rows.RowReader;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlicePlannerIT {
  private static final int ROWS = 32_768;

  static Stream<ServerKind> servers() {
    return Stream.of(
        ServerKind.MARIADB_11_4,
        ServerKind.MYSQL_8_0,
        ServerKind.MARIADB_10_11,
        ServerKind.MYSQL_9_7);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void integersAreCutEvenlyAndFinerPlansKeepTheBordersOfCoarserOnes(ServerKind kind)
      throws SQLException {
    TestServer server = TestServers.shared(kind);
    fill(server, "id bigint primary key", "n*3-50000");
    Set<String> coarse = borders(check(server, 1 << 20));
    List<Slice> fine = check(server, 256 << 10);
    assertThat(borders(fine)).containsAll(coarse).hasSizeGreaterThan(coarse.size());
    assertThat(check(server, 256 << 10)).isEqualTo(fine);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void unsignedNumbersBytesAndUuidTextsAreCutToo(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    fill(server, "id bigint unsigned primary key", "18446744073709551615-n");
    check(server, 512 << 10);
    fill(server, "id binary(16) primary key", "unhex(left(sha2(n,256),32))");
    check(server, 512 << 10);
    fill(server, "id char(36) primary key", "insert(left(sha2(n,256),35),9,0,'-')");
    check(server, 512 << 10);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void textsOfAnyCharacterSetAreCut(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    fill(server, "id varchar(60) character set utf8mb4 primary key", "concat('USER-',lpad(n,9,0))");
    check(server, 512 << 10);
    fill(
        server,
        "id varchar(60) character set latin1 collate latin1_swedish_ci primary key",
        "concat(elt(1+n%3,'Zoë','ann','_Bo'),elt(1+n%7,'k','o','p','d','y','x','z'),hex(n),'@a.org')");
    check(server, 512 << 10);
    fill(server, "id char(40) character set ucs2 primary key", "left(sha2(n,256),40)");
    check(server, 512 << 10);
    fill(
        server,
        "id varchar(45) collate utf8mb4_bin primary key",
        "concat('😀_',left(sha2(n,256),40))");
    check(server, 512 << 10);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void datesAndDecimalsAreCut(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    fill(
        server,
        "id datetime, n int, primary key (id, n)",
        "'2019-12-31 23:00:00' + interval n*37 second, n");
    check(server, 512 << 10);
    fill(server, "id datetime(6) primary key", "'1970-01-01' + interval n*3601000001 microsecond");
    check(server, 512 << 10);
    fill(
        server,
        "id timestamp not null, n int, primary key (id, n)",
        "'2023-01-01' + interval n*601 second, n");
    check(server, 512 << 10);
    fill(
        server,
        "id date not null, n int, primary key (id, n)",
        "'2020-01-01' + interval n % 999 day, n");
    check(server, 512 << 10);
    fill(server, "id decimal(30,4) primary key", "n*1.5-20000");
    check(server, 512 << 10);
    fill(server, "id decimal(20,0) unsigned primary key", "9999999999999999999-n*3");
    read(server, 32 << 10, new ArrayList<>());
  }

  /** Zero, partial and impossible ones, and those at both ends. */
  @ParameterizedTest
  @MethodSource("servers")
  void rowsWithDatesOutsideOfTheCalendarAreReadOnce(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    String odd =
        "concat(lpad(n %% 10000,4,0),'-',lpad(n*7 %% 13,2,0),'-',lpad(n*5 %% 32,2,0),'%s')";
    fill(server, "id datetime, n int, primary key (id, n)", odd.formatted(" 23:59:59") + ", n");
    assertThat(read(server, 64 << 10, new ArrayList<>())).hasSizeGreaterThan(8);
    fill(server, "id date, n int, primary key (id, n)", odd.formatted("") + ", n");
    assertThat(read(server, 64 << 10, new ArrayList<>())).hasSizeGreaterThan(8);
    fill(
        server,
        "id timestamp, n int, primary key (id, n)",
        "if(n%3=0,'0000-00-00',from_unixtime(1+n*65535)), n");
    assertThat(read(server, 64 << 10, new ArrayList<>())).hasSizeGreaterThan(8);
  }

  /** Where the server refuses to compare such a key with a text, the table is one slice. */
  @ParameterizedTest
  @MethodSource("servers")
  void textsOfLegacyCharacterSetsAreReadWhole(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    for (String set : List.of("sjis", "cp932", "gbk", "big5", "euckr", "ujis", "eucjpms")) {
      for (String first : List.of("8160", "815F", "A1C0", "A2CC", "F9D6", "FEFE", "C6E0")) {
        try {
          fill(
              server,
              "id varchar(60) character set " + set + " primary key",
              "concat(convert(_binary X'" + first + "' using " + set + "),hex(n))");
        } catch (SQLException e) {
          // No character of this set.
          continue;
        }
        read(server, 64 << 10, new ArrayList<>());
      }
    }
  }

  /** In Danish aa sorts after z, so borders such as 'aa' and 'b' would give rows twice. */
  @ParameterizedTest
  @MethodSource("servers")
  void bordersThatTheCollationSortsOtherwiseAreNotUsed(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    fill(server, "id varchar(60) collate utf8mb4_danish_ci primary key", "left(sha2(n,256),40)");
    assertThat(read(server, 32 << 10, new ArrayList<>())).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void partitionedTablesAreCutAcrossTheirPartitions(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    fill(server, "id bigint primary key", "n", "partition by hash(id) partitions 5");
    check(server, 512 << 10);
    fill(
        server,
        "id bigint primary key",
        "n",
        "partition by range(id) subpartition by hash(id) subpartitions 2"
            + " (partition a values less than (1000), partition b values less than maxvalue)");
    check(server, 512 << 10);
  }

  private static void fill(TestServer server, String key, String value) throws SQLException {
    fill(server, key, value, "");
  }

  private static void fill(TestServer server, String key, String value, String partitions)
      throws SQLException {
    server.execute(
        "set sql_mode='ALLOW_INVALID_DATES', time_zone='+00:00'",
        "drop database if exists slicing",
        "create database slicing",
        "create table slicing.seed (n int primary key)",
        "insert into slicing.seed with recursive s(n) as (select 0 union all select n+1 from s"
            + " where n < 255) select n from s",
        "create table slicing.t (" + key + ", pad char(120)) engine=innodb " + partitions,
        "insert into slicing.t select "
            + value
            + ", 'x' from (select a.n*256+b.n n from slicing.seed a, slicing.seed b"
            + " where a.n < 128) x",
        "analyze table slicing.t");
  }

  /** Plans, and proves that the slices are the whole table, each row once and in order. */
  private static List<Slice> check(TestServer server, long target) throws SQLException {
    List<Long> counts = new ArrayList<>();
    List<Slice> slices = read(server, target, counts);
    assertThat(slices).hasSizeGreaterThan(2);
    assertThat(counts).as("%s", slices).allMatch(c -> c < ROWS * 3 / 4);
    return slices;
  }

  private static List<Slice> read(TestServer server, long target, List<Long> counts)
      throws SQLException {
    Connector connector = Connector.to(server.endpoint());
    try (Connection connection = connector.open("test");
        Connection rows = connector.openForRows("test")) {
      TableDefinition table =
          CatalogReader.read(
                  List.of(connection),
                  connector.flavor(),
                  new Selection(List.of("slicing.t"), List.of()))
              .tables()
              .getFirst();
      // As if it were large next to so many threads.
      TableDefinition planned =
          new SlicePlanner(connection, List.of(table), 1000, target).plan(table);
      List<Slice> slices = planned.slices();
      CollectingSink sink = new CollectingSink();
      for (Slice slice : slices) {
        counts.add(RowReader.read(rows, connector.flavor(), table, table.name(), slice, sink));
      }
      assertThat(sink.rows).hasSize(ROWS);
      assertThat(new HashSet<>(sink.rows)).hasSize(ROWS);
      return slices;
    }
  }

  private static Set<String> borders(List<Slice> slices) {
    return slices.stream().map(Slice::from).filter(Objects::nonNull).collect(Collectors.toSet());
  }
}
