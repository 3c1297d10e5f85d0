package dev.foldback.engine.mysql.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRowsTest {
  private static final TableDefinition TABLE =
      new TableDefinition(
          new TableName("s", "t"),
          List.of(
              new ColumnLayout("a", "text", ColumnLayout.Encoding.BYTES),
              new ColumnLayout("j", "json", ColumnLayout.Encoding.JSON),
              new ColumnLayout("b", "text", ColumnLayout.Encoding.BYTES)),
          List.of(),
          List.of(Slice.whole(1)),
          1,
          1,
          Map.of());

  /** The part before the first document with a type, a bar, and the rest. */
  private static String split(String rows) throws IOException {
    JsonRows json =
        new JsonRows(new ByteArrayInputStream(rows.getBytes(UTF_8)), TABLE, JsonReading.NEAREST);
    String plain = new String(json.readAllBytes(), UTF_8);
    return json.hasRest() ? plain + "|" + new String(json.rest().readAllBytes(), UTF_8) : plain;
  }

  @Test
  void ordinaryRowsPass() throws IOException {
    String rows =
        "1.10\t[1, 2.5, \"1.10\"]\tx\n\\N\t\\N\t\\N\n1.10\\\t1.10\t{\"1.10\": {}}\t1.10\n";
    assertThat(split(rows)).isEqualTo(rows);
  }

  @Test
  void stringsEndWhereTheirQuotesDo() throws IOException {
    String rows = "1\t[\"\\\\\" 1.10\", \"\\\\\\\\\"]\tx\n";
    assertThat(split(rows)).isEqualTo(rows);
    assertThat(split("1\t[\"\\\\\\\\\", 1.10]\tx\n")).startsWith("|1");
    assertThat(split("1\t\"\\\\n\\\\\"\"\t\n2\t1.10\t\n"))
        .isEqualTo("1\t\"\\\\n\\\\\"\"\t\n|2\t1.10\t\n");
  }

  @Test
  void theRestBeginsWithTheWholeRow() throws IOException {
    assertThat(split("a\t1\tb\nc\t{\"k\": [2, 1.10]}\td\ne\t3\tf\n"))
        .isEqualTo("a\t1\tb\n|c\t{\"k\": [2, 1.10]}\td\ne\t3\tf\n");
    assertThat(split("a\t-0.50\tb\n")).isEqualTo("|a\t-0.50\tb\n");
  }

  @Test
  void rowsOfAnyLengthPass() throws IOException {
    String some = ("long\t\"" + "é\\\\n".repeat(90_000) + "\"\tz\n").repeat(3);
    String short_ = "1\t[2, 0.25]\t3\n".repeat(50_000);
    assertThat(split(short_ + some + short_)).isEqualTo(short_ + some + short_);
    String typed = "4\t[\"" + "x".repeat(700_000) + "\", 1.10]\t5\n";
    assertThat(split(short_ + some + typed + short_))
        .isEqualTo(short_ + some + "|" + typed + short_);
  }

  @Test
  void whatIsNoNumberIsHandedOn() throws IOException {
    assertThat(split("1\t[1.1.0, 1e, -]\t3\n")).isEqualTo("1\t[1.1.0, 1e, -]\t3\n");
  }

  @Test
  void aRowWithNoEndIsHandedOn() throws IOException {
    assertThat(split("1\t2\t3\n4\t1.10")).isEqualTo("1\t2\t3\n4\t1.10");
  }
}
