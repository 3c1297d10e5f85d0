package dev.foldback.engine.mysql.log.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.testkit.JsonWork;
import dev.foldback.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static final String PARTIAL = "set binlog_row_value_options='PARTIAL_JSON'";

  @ParameterizedTest
  @ValueSource(strings = {"full", "minimal", "noblob"})
  void partsOfJsonDocuments(String image) throws Exception {
    run(
        """
        create table pj (a int, j json, k json, id int primary key, v json as (j->'$.a') virtual,
          s json as (json_extract(j, '$.a')) stored, l json)\
        """,
        """
        insert into pj (id, a, j, k, l) values
          (1, 5, json_object('a', repeat('x',100), 'c', json_array(1,2,3)), json_object('a', 1), null),
          (2, 6, json_array(repeat('x',100), 'b', json_object()), null, json_array(repeat('y', 100))),
          (3, 7, '{"a": {"a": {"a": [[[1]]]}}, "filler": "0123456789012345678901234567890123456789"}',
            '{"a": "0123456789012345678901234567890123456789"}', '[]')\
        """,
        PARTIAL,
        "set binlog_row_image=" + image,
        "update pj set a=a+1",
        "update pj set j=json_set(j, '$.a', 'y') where id<3",
        "update pj set j=json_set(j, '$.b', 1, '$.bb', 2, '$.\"\"', 3, '$.\"b b\"', 4)",
        "update pj set j=json_set(j, '$[1]', 'y'), a=a+1",
        "update pj set j=json_set(j, '$[7]', 'end'), k=json_object('new', a)",
        "update pj set j=json_remove(j, '$[0]'), l=json_set(l, '$[1]', 'm') where id=2",
        "update pj set j=json_remove(j, '$.c[1]', '$.b'), k=json_set(k, '$.z', null)",
        "update pj set j=json_set(j, '$.a.a.a[0][0][0]', 9, '$.a.a.a[0][0][5]', 10) where id=3",
        "update pj set j=json_set(json_remove(j, '$.a'), '$.a', 'again') where id=3",
        "update pj set k=json_set(k, '$.a', json_extract(k, '$.a')), a=a+1",
        "update pj set j=json_replace(j, '$.none', 1), a=a+1",
        "update pj set j=json_set(j, '$', json_object('whole', repeat('w', 100))) where id=1",
        "update pj set j=json_set(j, '$[last]', 'l', '$[last-1]', 'k') where id=2",
        "update pj set j=json_set(j, '$.whole[0]', 's', '$.whole[1]', 't') where id=1",
        "update pj set id=id+10, j=json_set(j, '$.moved', true)",
        "set binlog_transaction_compression=1",
        "begin",
        "update pj set j=json_set(j, '$.whole', repeat('p', 90)) where id=11",
        "update pj set j=json_set(j, '$.whole', repeat('q', 90)) where id=11",
        "delete from pj where id=12",
        "commit");
    // Both other images have the documents as they were before.
    assertThat(same().edits).isEqualTo(image.equals("minimal") ? 19 : 0);
    assertThat(log().events(first, "Update_rows_partial")).isEqualTo(15);
  }

  @Test
  void partsOfJsonDocumentsByChance() throws Exception {
    long seed = Seed.next();
    Random random = new Random(seed);
    JsonWork work = new JsonWork(random, true);
    run("create table pc (id int primary key, j json, a int, k json)");
    try {
      List<String> statements = new ArrayList<>(List.of(PARTIAL));
      for (int i = 0; i < 20; i++) {
        statements.add(
            "insert into pc values (%d, %s, 1, %s)".formatted(i, work.document(), work.document()));
      }
      for (int i = 0; i < 600; i++) {
        String image = List.of("full", "minimal", "noblob").get(random.nextInt(3));
        statements.add("set binlog_row_image=" + image);
        String column = random.nextBoolean() ? "j" : "k";
        String both = random.nextInt(4) > 0 ? "" : ", a=a+1, j=" + work.change("j");
        String set = both.isEmpty() ? column + "=" + work.change(column) : "k=" + work.change("k");
        statements.add("update pc set " + set + both + " where id%4=" + random.nextInt(4));
        if (random.nextInt(20) == 0) {
          int id = random.nextInt(20);
          statements.add("update pc set j=" + work.document() + " where id=" + id);
        }
      }
      run(statements.toArray(new String[0]));
      assertThat(same().edits).isGreaterThan(100);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** Nested as deep as the server lets documents be. */
  @Test
  void aPartThatLiesDeep() throws Exception {
    String inner = "{\"a\": \"%s\", \"b\": 1}".formatted("x".repeat(300));
    String path = "$" + ".a[1]".repeat(48);
    String document = "{\"a\": [0, ".repeat(48) + inner + "]}".repeat(48);
    run(
        "create table pd (id int primary key, j json)",
        "insert into pd values (1, '" + document + "')",
        PARTIAL,
        "set binlog_row_image=minimal",
        "update pd set j=json_set(j, '" + path + ".b', 2, '" + path + ".c', 3)",
        "update pd set j=json_remove(j, '" + path + ".a')");
    assertThat(same().edits).isEqualTo(2);
  }

  @Test
  void aPartOfAnotherDocumentIsDamage() throws Exception {
    run(
        "create table pf (id int primary key, j json)",
        "insert into pf values (1, json_object('abc', 1, 'filler', repeat('f', 100)))",
        PARTIAL,
        "update pf set j=json_replace(j, '$.abc', 2)");
    byte[] bytes = Files.readAllBytes(log().files(first).getFirst());
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int path = text.lastIndexOf("$.abc");
    bytes[path + 2] = 'x';
    List<Integer> borders = borders(bytes);
    int end = borders.stream().filter(b -> b > path).findFirst().orElseThrow();
    int begin = borders.get(borders.indexOf(end) - 1);
    CRC32 sum = new CRC32();
    sum.update(bytes, begin, end - begin - 4);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(end - 4, (int) sum.getValue());
    Map<TableName, LoggedTable> tables = log().tables("logged");
    try (LogDecoder decoder = new LogDecoder(tables::get, new Replayed(), folder)) {
      assertThatThrownBy(() -> decoder.decode(first, 0, new ByteArrayInputStream(bytes)))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_DAMAGED))
          .hasMessageContaining(first + ":" + begin)
          .hasMessageContaining("logged.pf: what an edit of a JSON document is about is not there");
    }
  }
}
