package dev.foldback.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.engine.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOrderTest {
  private static void assertRising(String type, String... values) {
    KeyOrder order = Objects.requireNonNull(order(type));
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        assertThat(Integer.signum(compare(order, values[i], values[j])))
            .as(values[i] + " and " + values[j])
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  private static @Nullable KeyOrder order(String type) {
    return new KeyShape(Rows.table("t", List.of("k"), "k " + type)).order();
  }

  private static int compare(KeyOrder order, String a, String b) {
    byte[] x = a.getBytes(StandardCharsets.ISO_8859_1);
    byte[] y = b.getBytes(StandardCharsets.ISO_8859_1);
    return order.compare(x, 0, x.length, y, 0, y.length);
  }

  @Test
  void numbers() {
    assertRising("int", "-100", "-99", "-1", "0", "1", "9", "10", "18446744073709551615");
    assertRising("decimal(8,2)", "-10.00", "-9.99", "-0.01", "0.00", "0.10", "9.99", "10.00");
    assertRising("enum('b','a')", "0", "1", "2", "10");
  }

  @Test
  void datesAndBytes() {
    assertRising("date", "0000-00-00", "1999-12-31", "2026-01-01");
    assertRising("timestamp(6)", "2026-01-01 00:00:00.000001", "2026-01-01 00:00:00.000002");
    assertRising("varbinary(9)", "", "\\0", "\\t", "\\n", "A", "[", "\\\\", "\\\\a", "]", "\u00ff");
  }

  @Test
  void columnsOneAfterAnother() {
    TableDefinition table = Rows.table("t", List.of("b", "a"), "a int", "b varbinary(3)");
    KeyOrder order = Objects.requireNonNull(new KeyShape(table).order());
    assertThat(compare(order, "a\t10", "a\t9")).isPositive();
    assertThat(compare(order, "a\t10", "b\t9")).isNegative();
    assertThat(compare(order, "\t10", "a\t9")).isNegative();
    assertThat(compare(order, "a\t9", "a\t9")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"varchar(9)", "char(36)", "text", "double", "time", "uuid"})
  void textHasNone(String type) {
    assertThat(order(type)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "8", "9", "30"})
  void aByteIsFoundWhereverItIs(int at) {
    byte[] bytes = "x".repeat(40).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Bytes.find((byte) '\n', bytes, 0, 35)).isEqualTo(35);
    bytes[at] = '\n';
    bytes[39] = '\n';
    assertThat(Bytes.find((byte) '\n', bytes, 0, 35)).isEqualTo(at);
    assertThat(Bytes.find((byte) '\n', bytes, at, at)).isEqualTo(at);
  }
}
