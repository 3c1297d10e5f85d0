package dev.foldback.engine.mysql.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonExpressionTest {
  private static final String CAST = "CAST(CONVERT(? USING utf8mb4) AS JSON)";

  private static JsonExpression.@Nullable Made perhaps(String document, JsonReading reading) {
    return JsonExpression.of(document.getBytes(UTF_8), reading);
  }

  private static JsonExpression.Made made(String document, JsonReading reading) {
    return Objects.requireNonNull(perhaps(document, reading));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"12.3400\"",
        "[1, -2, 2.5, 1e300, 0.1, -0.0, 100.0, 18446744073709551615, -9223372036854775808]",
        "{\"1.10\": \"\\\"1.10\\\\\"}",
        // None of these is a document: the server is to say so.
        "[1.10",
        "{\"a\": 1.10",
        "1.10 2",
        "",
        "[1.1.0, 1.10]",
        "[1-1, 1.10]"
      })
  void whatItsTextMakesOrNothingMakesIsLeft(String document) {
    assertThat(perhaps(document, JsonReading.NEAREST)).isNull();
  }

  @Test
  void aScalarIsCast() {
    assertThat(made("-12.3400", JsonReading.NEAREST).sql()).isEqualTo("CAST(-12.3400 AS JSON)");
  }

  @Test
  void onlyWhatHoldsADecimalIsTakenApart() {
    JsonExpression.Made made =
        made(
            "{\"a\\\"\\u00e9\": [\"x\", 1.10, true, 0.5], \"b\": {\"c\": [2]}}",
            JsonReading.NEAREST);
    assertThat(made.sql())
        .isEqualTo(
            "JSON_OBJECT(CONVERT(? USING utf8mb4),JSON_ARRAY(CONVERT(? USING utf8mb4),1.10,true,"
                + "0.5e0),CONVERT(? USING utf8mb4),"
                + CAST
                + ")");
    assertThat(made.parameters().stream().map(p -> new String(p, UTF_8)).toList())
        .isEqualTo(List.of("a\"é", "x", "b", "{\"c\": [2]}"));
  }

  @Test
  void aDoubleThatTheServerReadsAsItsNeighbourIsALiteral() {
    String document = "[0.09978378472258509, 1.2792919917801585e210]";
    assertThat(perhaps(document, JsonReading.NEAREST)).isNull();
    assertThat(made(document, JsonReading.NEARBY).sql())
        .isEqualTo("JSON_ARRAY(0.09978378472258509e0,1.2792919917801585e210)");
  }

  @Test
  void integersAbove64BitsAreDecimals() {
    assertThat(made("[18446744073709551616]", JsonReading.NEAREST).sql())
        .isEqualTo("JSON_ARRAY(18446744073709551616)");
  }
}
