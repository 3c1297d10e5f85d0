package dev.foldback.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowSetDigestTest {
  @Test
  void theOrderOfRowsDoesNotCount() {
    assertThat(Rows.digest(List.of("a", "b", "b"))).isEqualTo(Rows.digest(List.of("b", "a", "b")));
  }

  @Test
  void howOftenARowIsThereCounts() {
    assertThat(Rows.digest(List.of("a", "b", "b"))).isNotEqualTo(Rows.digest(List.of("a", "b")));
    assertThat(Rows.digest(List.of("a", "a", "b")))
        .isNotEqualTo(Rows.digest(List.of("a", "b", "b")));
    assertThat(Rows.digest(List.of("ab"))).isNotEqualTo(Rows.digest(List.of("a", "b")));
  }

  @Test
  void partsAreJoined() {
    assertThat(Rows.digest(List.of("a")).plus(Rows.digest(List.of("b", "c"))))
        .isEqualTo(Rows.digest(List.of("c", "b", "a")));
    assertThat(Rows.digest(List.of())).isEqualTo(RowSetDigest.Value.NONE);
  }

  /** A row with its newline, as other implementations hash it. */
  @Test
  void itIsTheSumOfEachRowsHash() {
    RowHash hash = new RowHash();
    hash.of(new byte[] {'a', '\n'}, 0, 2);
    assertThat(Rows.digest(List.of("a", "a")))
        .hasToString("%016x%016x, 2 rows".formatted(2 * hash.low, 2 * hash.high));
  }

  @Test
  void aHashIsThatOfOtherImplementations() {
    assertThat(hash("")).isEqualTo("00000000000000000000000000000000");
    assertThat(hash("abc")).isEqualTo("6778ad3f3f3f96b4522dca264174a23b");
    assertThat(hash("The quick brown fox jumps over the lazy dog"))
        .isEqualTo("6c1b07bc7bbc4be347939ac4a93c437a");
  }

  /** In the order of memory, as it is usually shown. */
  private static String hash(String text) {
    RowHash hash = new RowHash();
    byte[] bytes = (" " + text + " ").getBytes(StandardCharsets.UTF_8);
    hash.of(bytes, 1, bytes.length - 1);
    return "%016x%016x".formatted(Long.reverseBytes(hash.low), Long.reverseBytes(hash.high));
  }
}
