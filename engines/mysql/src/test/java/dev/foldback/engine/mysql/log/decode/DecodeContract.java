package dev.foldback.engine.mysql.log.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.Transaction;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is decoded from the log's files is, byte for byte, what a SELECT gives; rows before a change
 * are as the log left them before.
 */
abstract class DecodeContract {
  @TempDir Path folder = Path.of("");
  String first = "";

  abstract TestServer server();

  final LogOf log() {
    return new LogOf(server());
  }

  @BeforeEach
  void schema() throws SQLException {
    server().execute("drop database if exists logged", "create database logged");
    first = log().newFile();
  }

  final Replayed same() throws Exception {
    Replayed replayed = log().replay(first, "logged", folder);
    Map<TableName, List<String>> selected = log().selected("logged");
    selected.forEach(
        (table, rows) -> {
          List<String> wrong = new ArrayList<>(replayed.rows(table));
          List<String> lacking = new ArrayList<>(rows);
          rows.forEach(wrong::remove);
          replayed.rows(table).forEach(lacking::remove);
          assertThat(wrong).as("%s, which should be %s", table, lacking).isEmpty();
          assertThat(lacking).as("%s", table).isEmpty();
        });
    assertThat(folder).isEmptyDirectory();
    return replayed;
  }

  final void run(String... statements) throws SQLException {
    try (Connection connection =
            server()
                .connect(
                    Map.of(
                        "sessionVariables",
                        "time_zone='+00:00',sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'"));
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("use logged");
      for (String sql : statements) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          throw new SQLException(e.getMessage() + " in " + sql, e);
        }
      }
    }
  }

  @Test
  void numbersOfAllKinds() throws Exception {
    run(
        """
        create table n (id int primary key, t tinyint, tu tinyint unsigned, s smallint,
          su smallint unsigned, m mediumint, mu mediumint unsigned, i int, iu int unsigned, b bigint,
          bu bigint unsigned zerofill, z int(6) zerofill, tz tinyint(4) zerofill, d decimal(65,30),
          d1 decimal(5,5), d2 decimal(10,2) unsigned zerofill, d3 decimal(9,0), d4 decimal(18,9),
          f float, fz float unsigned zerofill, f2 float(7,3), db double, db2 double(20,6),
          bits bit(64), b13 bit(13), b1 bit(1), bo bool)\
        """,
        """
        insert into n values
         (1,-128,255,-32768,65535,-8388608,16777215,-2147483648,4294967295,-9223372036854775808,
          18446744073709551615,42,7,-99999999999999999999999999999999999.999999999999999999999999999999,
          -0.99999,12345.6,-999999999,-999999999.999999999,-3.402823466e38,3.402823466e38,-9999.999,
          -1.7976931348623157e308,-99999999999999.999999,b'1111111111111111111111111111111111111111111111111111111111111111',
          b'1000000000101',b'1',true),
         (2,127,0,32767,0,8388607,0,2147483647,0,9223372036854775807,0,1234567,255,
          0.000000000000000000000000000001,0.00001,0,999999999,0.000000001,1.4e-45,1.17549435e-38,0.001,
          5e-324,0.000001,b'0',b'0',b'0',false),
         (3,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0.01,0,0,-0e0,0,0,-0e0,-0e0,0x000A1A5C27220900,0x095C,b'1',true),
         (4,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,
          null,null,null,null,null,null,null),
         (5,1,1,1,1,1,1,1,1,1,1,1,1,1000000000,0.1,1,1,1,0.1,0.3333333,1.5,0.1,0.1,1,1,1,1),
         (6,1,1,1,1,1,1,1,1,1,1,1,1,123456789.123456789,0.1,1,1,1,16777217,8388609.5,1234.567,
          9007199254740993,1234567.891,1,1,1,1)\
        """,
        "insert into n (id,f,db) select 8, -1 * 0.0e0, -1 * 0.0e0",
        "update n set t=5, d=-d, db=db/3, f=f/7 where id<4",
        "delete from n where id=5",
        "update n set id=id+100");
    same();
  }

  @Test
  void doublesDecimalsAndTimesBySeed() throws Exception {
    run(
        """
        create table r (id int primary key, f float, d double, n decimal(38,12), t time(4),
          dt datetime(6), ts timestamp(3) null, d5 datetime(5), b bigint unsigned)\
        """);
    long seed = Seed.next();
    Random random = new Random(seed);
    try (Connection connection = server().connect(Map.of("useServerPrepStmts", "true"));
        PreparedStatement insert =
            connection.prepareStatement("insert into logged.r values (?,?,?,?,?,?,?,?,?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 3000; i++) {
        double d = oddDouble(random);
        float f = Float.intBitsToFloat(random.nextInt());
        insert.setInt(1, i);
        insert.setFloat(2, Float.isFinite(f) ? f : i);
        insert.setDouble(3, Double.isFinite(d) ? d : 1e23);
        insert.setBigDecimal(
            4,
            new java.math.BigDecimal(
                new java.math.BigInteger(random.nextInt(80), random), random.nextInt(13)));
        insert.setString(
            5,
            (random.nextBoolean() ? "-" : "")
                + random.nextInt(838)
                + ":"
                + random.nextInt(60)
                + ":"
                + random.nextInt(60)
                + "."
                + random.nextInt(1000));
        insert.setString(
            6,
            "%04d-%02d-%02d 1:2:3.%06d"
                .formatted(
                    random.nextInt(9999) + 1,
                    random.nextInt(12) + 1,
                    random.nextInt(28) + 1,
                    random.nextInt(1_000_000)));
        insert.setString(
            7,
            "%04d-%02d-%02d 11:%d:59.%03d"
                .formatted(
                    random.nextInt(67) + 1971,
                    random.nextInt(12) + 1,
                    random.nextInt(28) + 1,
                    random.nextInt(60),
                    random.nextInt(1000)));
        insert.setString(8, "2000-02-29 23:59:58.%05d".formatted(random.nextInt(100_000)));
        insert.setBigDecimal(
            9, new java.math.BigDecimal(new java.math.BigInteger(random.nextInt(65), random)));
        insert.execute();
      }
      connection.commit();
    }
    run("update r set d=d*3.1, f=f*0.3 where id%3=0 and abs(d)<1e300 and abs(f)<1e30");
    try {
      assertThat(same().changes).isGreaterThan(3500);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** All bits, few digits, and where the notation changes. */
  private static double oddDouble(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextInt(100) * Math.pow(10, random.nextInt(40) - 20);
      case 2 -> Double.parseDouble(random.nextInt(1000) + "e" + (random.nextInt(44) - 22));
      default -> random.nextLong() / Math.pow(10, random.nextInt(19));
    };
  }

  @Test
  void datesAndTimes() throws Exception {
    run(
        """
        create table t (id int primary key, d date, dt datetime(6), d0 datetime, d1 datetime(1),
          t time(6), t0 time, t1 time(1), t3 time(3), ts timestamp(6) null default null,
          t2 timestamp(2) null, y year)\
        """,
        """
        insert into t values
         (1,'0000-00-00','0000-00-00 00:00:00','0000-00-00 00:00:00','0000-00-00','-838:59:59','-838:59:59',
          '-0:0:0.1','-10:20:30.456','1970-01-01 00:00:01','1970-01-01 00:00:01.01','0000'),
         (2,'2024-00-00','2024-02-00 00:00:00.000001','2024-00-00 01:02:03','2024-02-00 0:0:0.9','838:59:59',
          '838:59:59','838:59:58.9','838:59:58.999','2038-01-19 03:14:07.999999','2038-01-19 03:14:07',1901),
         (3,'2023-02-31','2023-02-31 23:59:59.999999','9999-12-31 23:59:59','9999-12-31 23:59:59.9','-00:00:00.000001',
          '00:00:00','0:0:0.1','0:0:0.001','2024-03-31 01:30:00.5','2024-02-29 01:30:00.5',2155),
         (4,'9999-12-31','9999-12-31 23:59:59.999999','1000-01-01','1000-01-01','0:0:0.5','-0:0:1','-1:0:0','-1:0:0.01',
          '2024-10-27 00:30:00','2000-01-01',2000),
         (6,null,null,null,null,null,null,null,null,null,null,null),
         (7,'1000-01-01','0001-01-01','2000-02-29','2100-02-28','100:00:00.1','1:1:1','-1:0:0.1','-1:0:0',
          '0000-00-00 00:00:00',0,70)\
        """,
        "update t set t=-t where id in (2,4)",
        "update t set id=id*10");
    same();
  }

  @Test
  void textsAndBytes() throws Exception {
    StringBuilder members = new StringBuilder("'m0'");
    for (int i = 1; i < 64; i++) {
      members.append(",'m").append(i).append('\'');
    }
    StringBuilder many = new StringBuilder("'e0'");
    for (int i = 1; i < 300; i++) {
      many.append(",'e").append(i).append('\'');
    }
    run(
        "create table e (id int primary key, e enum('a','','b,c'), e2 enum("
            + many
            + "), s set('x','y z'), s2 set("
            + members
            + "))",
        "set sql_mode=''",
        "insert into e values (1,0,0,0,0),(2,'zz',300,'x',18446744073709551615),"
            + "(3,3,256,3,9223372036854775808),(4,null,null,null,null)",
        """
        create table p (id int primary key, c char(10), cb char(200) collate utf8mb4_bin, b binary(8),
          b2 binary(255), vb varbinary(20), v varchar(20), v2 varchar(300), vb2 varbinary(300),
          w char(9) character set utf16, l char(9) character set latin1)\
        """,
        """
        insert into p values (1,'a  ','a','a','a','a ','a  ','a','a','a ','a '),(2,'','','','','','','','','',''),
         (3,' ',' ',0x0020,0x20,0x0000,' ',' ',0x00,' ',' '),
         (4,'😀','ÿ',0xFFFE00000000,repeat(0xFF,255),0x5C275C,'\\\\N',repeat('ä',300),repeat(0x0900,150),'ä','ä'),
         (5,null,null,null,null,null,null,null,null,null,null),
         (6,'NULL',repeat('😀',200),'\\\\N','\\\\N','\\\\N','a\\\\N',repeat('\\n',300),repeat('\\\\',300),'','')\
        """,
        """
        create table l (id int primary key, tb tinyblob, b blob, mb mediumblob, lb longblob, tt tinytext,
          tx text, mt mediumtext, lt longtext)\
        """,
        """
        insert into l values (1,repeat(0x00,255),repeat(0x5C0A091A,10000),repeat(0x5C0A091A,500000),
          repeat(0xFF00,1500000),repeat('x',255),repeat('äé',9000),repeat('y',70000),repeat('äé\\\\\\n',400000)),
          (2,'','','','','','','',''),(3,null,null,null,null,null,null,null,null)\
        """,
        "create table k (a int, b varchar(10))",
        "insert into k values (1,'x'),(1,'x'),(1,'x'),(null,null),(null,null),(2,'y')",
        "delete from k where a=1 limit 2",
        "update k set b='z' where a is null limit 1",
        """
        create table cs (id int primary key, gbk varchar(50) character set gbk,
          sjis varchar(50) character set sjis, u32 varchar(50) character set utf32,
          big char(50) character set big5)\
        """,
        "insert into cs values (1,_gbk X'815CD5E2',_sjis X'835C955C',_utf32 X'0001F60000000061',"
            + "_big5 X'A55CB35C')",
        """
        create table g (id int primary key, g geometry, p point not null, mp multipoint)\
        """,
        "insert into g values (1, ST_GeomFromText('POINT(1 2)',4326), ST_GeomFromText('POINT(-0.1"
            + " 1e300)'), ST_GeomFromText('MULTIPOINT(1 1,2 2)')),(2,null,ST_GeomFromText('POINT(0"
            + " 0)'),null)",
        "update e set s2=s2+0 where id<3",
        "update p set v='q', b=0x01 where id>3",
        "update l set tx='t' where id=1",
        "delete from e where id=3");
    same();
  }

  @Test
  void computedAndHiddenColumns() throws Exception {
    run(
        """
        create table c (id int primary key, a int, v int as (a + 1) virtual, b varchar(20),
          s varchar(30) as (concat(b, 'x')) stored, inv int invisible default 5, z int, key (v))\
        """,
        "insert into c (id, a, b, inv, z) values"
            + " (1,2,'x',7,8),(2,null,null,null,null),(3,4,'y',1,1)",
        "update c set a=a+1, b='q'",
        "delete from c where id=3");
    assertThat(same().changes).isEqualTo(7);
  }

  @Test
  void minimalAndNoBlobImagesLeaveColumnsOut() throws Exception {
    run(
        "create table m (id int primary key, a int, v int as (a+1) virtual, t text, b blob, c"
            + " char(5))",
        "set binlog_row_image=minimal",
        "insert into m (id,a,t,b,c) values"
            + " (1,1,'t','b','c'),(2,2,'tt','bb','cc'),(3,null,null,null,null)",
        "update m set a=a+1 where id<3",
        "update m set t='new', id=9 where id=1",
        "delete from m where id=2",
        "set binlog_row_image=noblob",
        "update m set c='noblo' where id=9",
        "update m set b='blob' where id=3");
    Replayed replayed = same();
    assertThat(replayed.absent).isGreaterThan(5);
    assertThat(replayed.rows(new TableName("logged", "m"))).hasSize(2);
  }

  @Test
  void preparedTransactionsAreToldWhenTheyCommit() throws Exception {
    run(
        "create table x (id int primary key, v longblob)",
        "xa start 'one','b',7",
        "insert into x values (1,'a')",
        "xa end 'one','b',7",
        "xa prepare 'one','b',7");
    Replayed before = log().replay(first, "logged", folder);
    assertThat(before.changes).isZero();
    run(
        "xa rollback 'one','b',7",
        "xa start 'two'",
        "insert into x values (2, repeat('x', 9000000))",
        "update x set v='small' where id=2",
        "xa end 'two'",
        "xa prepare 'two'",
        "xa commit 'two'",
        "xa start 'three'",
        "insert into x values (3,'a')",
        "xa end 'three'",
        "xa commit 'three' one phase");
    assertThat(same().changes).isEqualTo(3);
    assertThat(log().selected("logged").get(new TableName("logged", "x"))).hasSize(2);
  }

  @Test
  void aCommitOfWhatWasPreparedBeforeTheLogBeginsIsRefused() throws Exception {
    run(
        "create table x (id int primary key)",
        "xa start 'old'",
        "insert into x values (1)",
        "xa end 'old'",
        "xa prepare 'old'");
    String later = log().newFile();
    run("xa commit 'old'");
    assertThatThrownBy(() -> log().replay(later, "logged", folder))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LOG_NOT_FOLDABLE);
              assertThat(e.getMessage()).contains(later + ":").contains("X'6F6C64',X'',1");
            });
  }

  @Test
  void savepointsTakeChangesBack() throws Exception {
    run(
        "create table s (id int primary key)",
        "begin",
        "insert into s values (1)",
        "savepoint `a b`",
        "insert into s values (2)",
        "create temporary table tt (i int)",
        "savepoint c",
        "insert into s values (3)",
        "rollback to c",
        "insert into s values (4)",
        "rollback to `a b`",
        "insert into s values (5)",
        "commit",
        "begin",
        "insert into s values (6)",
        "rollback");
    assertThat(same().rows(new TableName("logged", "s"))).containsExactly("1", "5");
  }

  @Test
  void statementsComeWithWhatTheyRanUnder() throws Exception {
    run(
        "set sql_mode='ANSI_QUOTES', time_zone='+03:00', foreign_key_checks=0",
        "create table \"d\" (id timestamp primary key) comment='ä😀'");
    LoggedStatement statement = same().statements.getLast();
    assertThat(statement.sql()).startsWith("create table \"d\" (id timestamp");
    assertThat(statement.sql()).endsWith("comment='ä😀'");
    assertThat(statement.schema()).isEqualTo("logged");
    assertThat(statement.context())
        .containsEntry("sql_mode", "ANSI_QUOTES")
        .containsEntry("foreign_key_checks", "0")
        .containsEntry("unique_checks", "1")
        .containsKeys("timestamp", "collation_server", "character_set_client");
    assertThat(Long.parseLong(statement.context().getOrDefault("timestamp", "0")))
        .isGreaterThan(1_700_000_000L);
  }

  @Test
  void tablesMadeFromAQueryHaveTheirRows() throws Exception {
    run(
        "create table base (id int primary key, v varchar(9))",
        "insert into base values (1,'a'),(2,'b')",
        "create table made (primary key (id)) as select id, v from base");
    assertThat(same().statements).hasSize(2);
  }

  @Test
  void changesOfRowsAsStatementsAreRefused() throws Exception {
    run(
        "create table st (id int primary key)",
        "set session binlog_format='STATEMENT'",
        "insert into st values (1)");
    assertThatThrownBy(() -> log().replay(first, "logged", folder))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LOG_NOT_FOLDABLE);
              assertThat(e.getMessage()).contains(first + ":").contains("insert into st");
              assertThat(e.hint()).contains("binlog_format");
            });
  }

  @Test
  void theDecoderStopsBeforeWhatIsNotWanted() throws Exception {
    run("create table w (id int primary key)");
    for (int i = 0; i < 5; i++) {
      run("insert into w values (" + i + ")");
    }
    Replayed all = log().replay(first, "logged", folder);
    List<Transaction> transactions = all.transactions;
    assertThat(transactions).hasSize(6);
    assertThat(transactions.stream().map(Transaction::id)).doesNotHaveDuplicates();
    Transaction stop = transactions.get(4);
    Replayed some = new Replayed();
    Map<TableName, LoggedTable> tables = log().tables("logged");
    try (LogDecoder decoder = new LogDecoder(tables::get, some, folder)) {
      decoder.whileWanted(t -> !t.id().equals(stop.id()));
      byte[] bytes = Files.readAllBytes(log().files(first).getFirst());
      assertThat(decoder.decode(first, 0, new ByteArrayInputStream(bytes))).isFalse();
    }
    assertThat(some.transactions).isEqualTo(transactions.subList(0, 4));
    assertThat(some.rows(new TableName("logged", "w"))).containsExactly("0", "1", "2");
  }

  @Test
  void aStretchCanEndInsideATransaction() throws Exception {
    run("create table h (id int primary key)", "insert into h values (1),(2),(3)");
    byte[] bytes = Files.readAllBytes(log().files(first).getFirst());
    List<Integer> borders = borders(bytes);
    byte[] format = java.util.Arrays.copyOfRange(bytes, 4, borders.get(0));
    Map<TableName, LoggedTable> tables = log().tables("logged");
    for (int border : borders) {
      Replayed replayed = new Replayed();
      try (LogDecoder decoder = new LogDecoder(tables::get, replayed, folder)) {
        decoder.format(format);
        decoder.decode(first, 0, new ByteArrayInputStream(bytes, 0, border));
        decoder.decode(
            first, border, new ByteArrayInputStream(bytes, border, bytes.length - border));
        assertThat(decoder.isInTransaction()).isFalse();
      }
      assertThat(replayed.rows(new TableName("logged", "h"))).containsExactly("1", "2", "3");
    }
  }

  /** Where events end. */
  static List<Integer> borders(byte[] bytes) {
    List<Integer> borders = new ArrayList<>();
    int at = 4;
    while (at < bytes.length) {
      at += dev.foldback.engine.mysql.log.Event.lengthAt(bytes, at);
      borders.add(at);
    }
    return borders;
  }

  @Test
  void everyTurnedByteIsFound() throws Exception {
    run("create table y (id int primary key, v varchar(50))", "insert into y values (1,'abc')");
    byte[] bytes = Files.readAllBytes(log().files(first).getFirst());
    Map<TableName, LoggedTable> tables = log().tables("logged");
    List<Integer> borders = borders(bytes);
    int from = borders.get(borders.size() - 3);
    for (int i = 5; i < bytes.length; i += i < from ? 7 : 1) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      Replayed replayed = new Replayed();
      try (LogDecoder decoder = new LogDecoder(tables::get, replayed, folder)) {
        assertThatThrownBy(() -> decoder.decode(first, 0, new ByteArrayInputStream(damaged)))
            .as("byte %d", i)
            .isInstanceOfSatisfying(
                FoldbackException.class,
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.LOG_DAMAGED);
                  assertThat(e.getMessage()).contains(first + ":");
                });
      }
    }
  }

  @Test
  void aLargeTransactionWaitsInAFile() throws Exception {
    run(
        "create table big (id int primary key auto_increment, v varchar(1000))",
        "insert into big (v) values (repeat('x',1000))");
    for (int i = 0; i < 15; i++) {
      run("insert into big (v) select v from big");
    }
    run(
        "begin",
        "update big set v=concat('y',substr(v,2))",
        "delete from big where id%2=0",
        "commit");
    Replayed replayed = log().replay(new Replayed(true), first, "logged", folder);
    assertThat(replayed.changes).isGreaterThan(70_000);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whetherTheLogLacksCascadesIsTold() throws Exception {
    run(
        "create table par (id int primary key) engine=innodb",
        "create table chi (id int primary key, p int, foreign key (p) references par (id)"
            + " on delete cascade) engine=innodb",
        "insert into par values (1),(2)",
        "insert into chi values (1,1),(2,2)",
        "delete from par where id=1");
    boolean logged = server().kind() == ServerKind.MYSQL_9_7;
    List<String> story = log().replay(first, "logged", folder).story;
    assertThat(story.contains("delete chi")).isEqualTo(logged);
    assertThat(story.contains("cascades false")).isEqualTo(logged);
    run("set foreign_key_checks=0", "delete from par where id=2");
    List<String> unchecked = log().replay(first, "logged", folder).story;
    assertThat(unchecked.subList(story.size(), unchecked.size()))
        .containsExactly("begin", "cascades false", "delete par", "commit");
  }

  @Test
  void aTableThatTheDefinitionDoesNotFitIsRefused() throws Exception {
    run(
        "create table o (id int primary key, a int)",
        "insert into o values (1,1)",
        "alter table o modify a bigint");
    assertThatThrownBy(() -> log().replay(first, "logged", folder))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LOG_NOT_FOLDABLE);
              assertThat(e.getMessage()).contains("logged.o").contains("a bigint");
            });
  }
}
