package dev.foldback.engine.mysql.log.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.engine.mysql.rows.Escapes;
import dev.foldback.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts stand here as in frames, where each backslash is two. */
class JsonEditsTest {
  private static final String OPERATIONS = "=+-";
  private static final JsonEdits EDITS = new JsonEdits();

  /** One edit, such as {@code =$.a 5}: its value follows the last blank. */
  private static byte[] edits(String... edits) {
    RowBuffer written = new RowBuffer(16);
    for (String edit : edits) {
      int operation = OPERATIONS.indexOf(edit.charAt(0));
      int blank = operation == 2 ? edit.length() : edit.lastIndexOf(' ');
      String value = operation == 2 ? "" : edit.substring(blank + 1);
      JsonEdits.append(operation, bytes(edit.substring(1, blank)), bytes(value), written);
    }
    RowBuffer row = new RowBuffer(16);
    JsonEdits.put(written, row);
    byte[] all = bytes(text(row));
    assertThat(ValueEdits.isEdits(all, 0, all.length)).isTrue();
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(RowBuffer buffer) {
    return new String(buffer.bytes, 0, buffer.length, StandardCharsets.UTF_8);
  }

  private static String apply(String document, byte[] edits) {
    RowBuffer out = new RowBuffer(16);
    byte[] value = bytes(document);
    EDITS.apply(value, 0, value.length, edits, 0, edits.length, out);
    return text(out);
  }

  private static byte[] join(byte[] some, byte[] others) {
    RowBuffer out = new RowBuffer(16);
    EDITS.join(some, 0, some.length, others, 0, others.length, out);
    return Arrays.copyOf(out.bytes, out.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a": 1}                     | =$.a 2            | {"a": 2}
          {"a": 1, "b": 2}             | -$.a              | {"b": 2}
          {"a": 1, "b": 2}             | -$.b              | {"a": 1}
          {"a": 1, "b": 2, "c": 3}     | -$.b              | {"a": 1, "c": 3}
          {"a": 1}                     | -$.a              | {}
          {}                           | +$.a []           | {"a": []}
          {"b": 1, "aa": 2}            | +$.a 0            | {"a": 0, "b": 1, "aa": 2}
          {"b": 1, "aa": 2}            | +$.c 0            | {"b": 1, "c": 0, "aa": 2}
          {"b": 1, "aa": 2}            | +$.ab 0           | {"b": 1, "aa": 2, "ab": 0}
          {"b": 1}                     | +$."" 0           | {"": 0, "b": 1}
          {"z": 1}                     | +$.é 0            | {"z": 1, "é": 0}
          {"zz": 1}                    | +$.é 0            | {"zz": 1, "é": 0}
          {"ab d": 3, "éé": 1}         | +$."a.b" 0        | {"a.b": 0, "ab d": 3, "éé": 1}
          {"a b": {"c.d": [1]}}        | =$."a b"."c.d"[0] 2 | {"a b": {"c.d": [2]}}
          {"a": "}", "b": "x, \\\\""}  | =$.b 1            | {"a": "}", "b": 1}
          {"a": "{[", "b": [1]}        | =$.b[0] 2         | {"a": "{[", "b": [2]}
          {"q\\\\"": 1, "zz": 2}       | =$."q\\"" 3       | {"q\\\\"": 3, "zz": 2}
          {"\\\\t": 1, "zz": 2}        | +$."\\\\" 3       | {"\\\\t": 1, "\\\\\\\\": 3, "zz": 2}
          {"\\\\u0001": 1, "zz": 2}    | +$."\\u0000" 3    | {"\\\\u0000": 3, "\\\\u0001": 1, "zz": 2}
          [1, 2, 3]                    | =$[1] 5           | [1, 5, 3]
          [1, 2, 3]                    | -$[0]             | [2, 3]
          [1, 2, 3]                    | -$[2]             | [1, 2]
          [1]                          | -$[0]             | []
          [1, 2]                       | +$[0] 0           | [0, 1, 2]
          [1, 2]                       | +$[1] 0           | [1, 0, 2]
          [1, 2]                       | +$[2] 0           | [1, 2, 0]
          [1, 2]                       | +$[99999999999] 0 | [1, 2, 0]
          []                           | +$[7] 0           | [0]
          [1, 2, 3]                    | =$[last] 9        | [1, 2, 9]
          [1, 2, 3]                    | =$[last-2] 9      | [9, 2, 3]
          [1, 2, 3]                    | -$[last-1]        | [1, 3]
          [1, 2]                       | +$[last] 9        | [1, 9, 2]
          [1, 2]                       | +$[last-5] 9      | [9, 1, 2]
          [[[]]]                       | +$[0][0][0] -1.5e30 | [[[-1.5e30]]]
          "a"                          | =$ {"a":1}        | {"a":1}
          """)
  void anEditMakesWhatTheServerPrints(String document, String edit, String expected) {
    assertThat(apply(document, edits(edit))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a": 1}  | =$.b 2
          {"a": 1}  | -$.b
          {"a": 1}  | +$.a 2
          {"a": 1}  | =$[0] 2
          {"a": 1}  | =$.a.b 2
          {"a": 1}  | -$.a[0]
          {"a": 1}  | +$.a.b 2
          {"a": 1}  | +$[0] 2
          [1, 2]    | =$[2] 3
          [1, 2]    | -$[2]
          [1, 2]    | =$[last-2] 3
          [1, 2]    | +$.a 3
          5         | +$.a 3
          "[1]"     | =$[0] 3
          [1, 2     | =$[2] 3
          {"a":1}   | =$.a 3
          {"a": "1  | =$.b 3
          \\N       | =$ 3
          """)
  void anEditOfAnotherDocument(String document, String edit) {
    byte[] edits = edits(edit);
    assertThatThrownBy(() -> apply(document, edits)).isInstanceOf(UnfitEditsException.class);
  }

  @ParameterizedTest
  @CsvSource({"=a 1", "=$.a[ 1", "=$.a[x] 1", "=$a 1", "=$. 1", "=$.\"a 1", "-$", "+$ 1", "=$[1 1"})
  void aPathThatIsNone(String edit) {
    assertThatThrownBy(() -> edits(edit)).isInstanceOf(UnfitEditsException.class);
  }

  @Test
  void editsOfTheSamePlaceDoNotPileUp() {
    byte[] all = edits("+$.n 0", "=$.b[3] 1", "+$.l[0] 1");
    for (int i = 0; i < 10_000; i++) {
      all = join(all, edits("=$.n " + i, "=$.b[3] " + i, "-$.o", "=$.l[0] " + i));
      all = join(all, edits("+$.o [1]", "=$.o[0] 2", "-$.l[0]", "+$.l[0] 5"));
      assertThat(all.length).isLessThan(3000);
    }
    assertThat(apply("{\"b\": [0, 0, 0, 0], \"l\": [], \"o\": 0}", all))
        .isEqualTo("{\"b\": [0, 0, 0, 9999], \"l\": [5], \"n\": 9999, \"o\": [2]}");
  }

  @Test
  void manyEditsOfDifferentPlacesAreNotReadEachTime() {
    byte[] all = edits("=$.\"\\\\\"[0] 0");
    StringBuilder expected = new StringBuilder("{\"\\\\\\\\\": [0");
    for (int i = 1; i < 3_000; i++) {
      all = join(all, edits("+$.\"\\\\\"[%d] %d".formatted(i, i)));
      expected.append(", ").append(i);
    }
    assertThat(apply("{\"\\\\\\\\\": [7]}", all)).isEqualTo(expected.append("]}").toString());
  }

  @Test
  void editsWithoutWhatIsVoidDoTheSame() {
    long seed = Seed.next();
    Random random = new Random(seed);
    int left = 0;
    int made = 0;
    for (int round = 0; round < 500; round++) {
      List<String> story = new ArrayList<>();
      String begin = "{\"a\": [1, [2, 3], {\"a\": 4}], \"b\": {\"a\": [5], \"b\": 6}}";
      String document = begin;
      for (int i = 0; i < 30; i++) {
        String edit = edit(random);
        try {
          document = apply(document, edits(edit));
          story.add(edit);
        } catch (UnfitEditsException e) {
          assertThat(e).hasMessageNotContaining("path");
        }
      }
      JsonEditList list = new JsonEditList();
      byte[] all = edits(story.toArray(new String[0]));
      RowBuffer plain = new RowBuffer(all.length);
      plain.length = Escapes.read(all, "\\E0;".length(), all.length, plain.bytes, 0);
      list.addAll(plain);
      made += plain.length;
      plain.clear();
      list.write(plain);
      left += plain.length;
      RowBuffer row = new RowBuffer(16);
      JsonEdits.put(plain, row);
      assertThat(apply(begin, bytes(text(row)))).as("seed %s: %s", seed, story).isEqualTo(document);
    }
    assertThat(left).isLessThan(made * 3 / 4);
  }

  @Test
  @Timeout(30)
  void placesWithNothingInCommonAreNotComparedWithEachOther() {
    JsonEditList list = new JsonEditList();
    RowBuffer first = new RowBuffer(16);
    RowBuffer last = new RowBuffer(16);
    for (int round = 0; round < 3; round++) {
      last.clear();
      for (int i = 0; i < 100_000; i++) {
        int operation = round == 0 && i % 2 == 0 ? 1 : 0;
        byte[] path = bytes((i % 4 == 0 ? "$.a.k" : "$.\"b[0]\".c[1].k") + i);
        JsonEdits.append(operation, path, bytes("" + round), last);
      }
      list.addAll(last);
      if (round == 0) {
        list.write(first);
      }
    }
    last.clear();
    list.write(last);
    assertThat(last.length).isEqualTo(first.length);
  }

  private static String edit(Random random) {
    StringBuilder edit =
        new StringBuilder().append(OPERATIONS.charAt(random.nextInt(3))).append('$');
    int legs = 1 + random.nextInt(3);
    for (int i = 0; i < legs; i++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> edit.append('.').append("abc".charAt(random.nextInt(3)));
        case 2 -> edit.append(random.nextInt(4) == 0 ? "[last]" : "[0]");
        default -> edit.append('[').append(random.nextInt(3)).append(']');
      }
    }
    if (edit.charAt(0) == '-') {
      return edit.toString();
    }
    List<String> values = List.of("[]", "{}", "7", "[[]]");
    return edit.append(' ').append(values.get(random.nextInt(4))).toString();
  }

  @Test
  void peopleReadThemAsFunctions() {
    byte[] edits = edits("=$.\"it's\" 1", "+$.a \"x\"", "+$[1] []", "-$[last]");
    assertThat(JsonEdits.shown(edits, 0, edits.length))
        .isEqualTo(
            "JSON_REPLACE('$.\"it''s\"', 1), JSON_INSERT('$.a', \"x\"),"
                + " JSON_ARRAY_INSERT('$[1]', []), JSON_REMOVE('$[last]')");
  }
}
