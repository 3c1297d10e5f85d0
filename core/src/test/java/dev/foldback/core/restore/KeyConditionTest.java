package dev.foldback.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.ColumnLayout.Encoding;
import dev.foldback.core.engine.RowValues;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.RowImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyConditionTest {
  private static final TableDefinition TABLE =
      table(List.of("id", "name", "day", "kind", "bytes", "part", "stamp"));

  private static TableDefinition table(List<String> key) {
    return new TableDefinition(
        new TableName("shop", "t"),
        List.of(
            new ColumnLayout("other", "int", Encoding.TEXT),
            new ColumnLayout("id", "bigint unsigned", Encoding.TEXT),
            new ColumnLayout("name", "varchar(20)", Encoding.TEXT),
            new ColumnLayout("day", "datetime(3)", Encoding.TEXT),
            new ColumnLayout("kind", "enum('a','b')", Encoding.INDEX),
            new ColumnLayout("bytes", "binary(2)", Encoding.BYTES),
            new ColumnLayout("part", "float", Encoding.FLOAT),
            new ColumnLayout("stamp", "timestamp", Encoding.TEXT)),
        key,
        List.of(Slice.whole(0)),
        0,
        0,
        Map.of());
  }

  private static @Nullable String text(RowImage row, int column) {
    String value =
        new String(
            row.text.bytes,
            row.start(column),
            row.ends[column] - row.start(column),
            StandardCharsets.UTF_8);
    return value.equals("\\N") ? null : value;
  }

  private static boolean holds(String condition, String id, String name, String day) {
    RowValues values = KeyConditionTest::text;
    byte[] row =
        ("7\t" + id + "\t" + name + "\t" + day + "\t1\t0x6162\t1.5\t2026-01-01 00:00:00\n")
            .getBytes(StandardCharsets.UTF_8);
    return KeyCondition.parse(condition, TABLE, values).test(row, 0, row.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "id = 42 | true",
        "id=42.0 | true",
        "ID = '42' | true",
        "`id` = 42 | true",
        "id = 43 | false",
        "id IN (1, 42, 3) | true",
        "id in (1,2) | false",
        "id BETWEEN 42 AND 50 | true",
        "id between 43 and 50 | false",
        "id > 9 | true",
        "id < 9 | false",
        "id >= 42 AND id <= 42 | true",
        "name = 'O''Neil' | true",
        "name = 'o''neil' | false",
        "id = 42 AND name = 'x' | false",
        "day BETWEEN '2026-01-01' AND '2026-01-31' | true",
        "day > '2026-01-15' | false",
        "day = '2026-01-15' | true",
        "day = '2026-01-15 00:00:00.0' | true",
        "day <= '2026-01-14 23:59:59.999' | false",
        "day > '2026-01-14 23:59:59.999' | true",
      })
  void rowsAreToldByTheirKeys(String condition, boolean expected) {
    assertThat(holds(condition, "42", "O'Neil", "2026-01-15 00:00:00.000")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id",
        "id =",
        "id = 42 OR id = 43",
        "id = 42 AND",
        "id = 42; DROP TABLE x",
        "other = 1",
        "id = x",
        "id LIKE 4",
        "id IN (1",
        "id IN ()",
        "id BETWEEN 1",
        "name > 'a'",
        "id = 'a'",
        "id = 42 -- x",
        "1 = 1",
        "name = 'open",
        "name = '0x6162'",
        "kind = 'a'",
        "kind = 1",
        "bytes = 'ab'",
        "part = 1.5",
        "stamp = '2026-01-01'",
        "day >= '2026-1-5'",
        "day = 5",
      })
  void anythingElseIsRefused(String condition) {
    assertThatThrownBy(() -> holds(condition, "42", "a", "2026-01-15"))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.hint()).contains("id, name, day");
            });
  }

  @Test
  void aTableWithoutAKeyHasNone() {
    assertThatThrownBy(() -> KeyCondition.parse("id = 1", table(List.of()), KeyConditionTest::text))
        .isInstanceOf(FoldbackException.class)
        .hasMessageContaining("has no key");
  }
}
