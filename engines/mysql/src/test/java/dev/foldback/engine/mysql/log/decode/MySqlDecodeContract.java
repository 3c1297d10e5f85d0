package dev.foldback.engine.mysql.log.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.testkit.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What only MySQL has. */
abstract class MySqlDecodeContract extends DecodeContract {

  @Test
  void jsonIsPrintedAsTheServerPrintsIt() throws Exception {
    run(
        "create table j (id int primary key auto_increment, j json)",
        """
        insert into j (j) values ('{"a": [1, 2.50, "x\\\\n\\\\u00e4\\\\u0001\\\\b\\\\f\\\\r\\\\t/", null, true, false], "": {"k": "\\\\"\\\\\\\\"}}'),
         ('"scalar"'),('null'),('[]'),('{}'),(null),('{"😀": -0.0, "n": 1e100, "big": 18446744073709551615}'),
         ('{"bb":1,"a":2,"ccc":3,"aa":4}'),('[-32768,32767,-32769,32768,65535,65536,-2147483648,2147483648,4294967295,4294967296,-9223372036854775808]'),
         ('1.0'),('1e15'),('1e16'),('1e-5'),('123456789012345678901234567890')\
        """,
        """
        insert into j (j) values (cast(1.50 as json)),(json_array(cast(-12345678901234567890.123456789 as decimal(40,12)))),
         (json_array(cast('2024-02-29' as date), cast('-10:11:12.5' as time(6)), cast('2024-02-29 1:2:3.004' as datetime(6)),
            cast('2024-01-01' as datetime), timestamp('2024-02-29 1:2:3'))),
         (json_object('b', cast(x'00ff0a' as json), 'bits', cast(b'1010' as json))),
         (json_array(cast(repeat(x'00ff0a', 100) as json))),
         (json_array(ST_GeomFromText('POINT(1 2)'))),(cast(cast('2024-02-29' as date) as json)),(cast(cast('12:00' as time) as json)),
         (json_object('long', repeat('x', 70000), 'l', repeat('y', 200), 'z', 5)),
         (json_array(cast(1 as year), cast(1e0 as json), true))\
        """,
        "update j set j=json_array(j, j) where id%2=0",
        "update j set j=json_set(j, '$[3]', 7) where id%4=0",
        "delete from j where id=3");
    long seed = Seed.next();
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      run("insert into j (j) values ('" + document(random, 0) + "')");
    }
    same();
  }

  private static String document(Random random, int depth) {
    int kind = random.nextInt(depth > 4 ? 5 : 8);
    StringBuilder text = new StringBuilder();
    switch (kind) {
      case 0 -> text.append(random.nextLong() >> random.nextInt(64));
      case 1 -> text.append(random.nextDouble() * Math.pow(10, random.nextInt(60) - 30));
      case 2 -> text.append(random.nextBoolean());
      case 3 -> text.append('"').append("ä\\\\\"x\\\\u001f".repeat(random.nextInt(40))).append('"');
      case 4 -> text.append("null");
      case 5 -> {
        text.append('[');
        int count = random.nextInt(random.nextInt(20) == 0 ? 3000 : 8);
        for (int i = 0; i < count; i++) {
          text.append(i > 0 ? "," : "").append(document(random, depth + 2));
        }
        text.append(']');
      }
      default -> {
        text.append('{');
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
          text.append(i > 0 ? "," : "").append('"');
          text.append("k".repeat(random.nextInt(9))).append(random.nextInt(1000)).append("\":");
          text.append(document(random, depth + 1));
        }
        text.append('}');
      }
    }
    return text.toString();
  }

  @Test
  void compressedTransactions() throws Exception {
    run(
        "create table z (id int primary key auto_increment, v varchar(1000))",
        "set binlog_transaction_compression=1",
        "insert into z (v) values (repeat('x',1000)),('b'),('c')",
        "insert into z (v) select v from z",
        "begin",
        "update z set v='q' where id=2",
        "savepoint s",
        "delete from z where id=1",
        "rollback to s",
        "commit",
        "xa start 'c'",
        "delete from z where id=3",
        "xa end 'c'",
        "xa prepare 'c'",
        "xa commit 'c'");
    assertThat(same().changes).isEqualTo(8);
  }

  @Test
  void invisiblePrimaryKeys() throws Exception {
    run(
        "set sql_generate_invisible_primary_key=1",
        "create table gi (a int, key e ((a*2)))",
        "insert into gi values (5),(5),(6)",
        "update gi set a=7 where a=5 limit 1",
        "delete from gi where a=6",
        "create table gq as select a from gi");
    assertThat(same().rows(new TableName("logged", "gi"))).hasSize(2);
  }

  @Test
  void partsOfJsonAreRefusedWithTheSettingToChange() throws Exception {
    run(
        "create table pj (id int primary key, j json, k json, a int)",
        "insert into pj values (1, json_object('a', repeat('x',100)), json_object('a', 1), 5)",
        "set binlog_row_value_options='PARTIAL_JSON', binlog_row_image=minimal",
        "update pj set a=6");
    same();
    run(
        "set binlog_row_value_options='PARTIAL_JSON', binlog_row_image=minimal",
        "update pj set j=json_set(j, '$.a', 'y')");
    assertThatThrownBy(() -> same())
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LOG_NOT_FOLDABLE);
              assertThat(e.hint()).contains("binlog_row_value_options");
            });
  }
}
