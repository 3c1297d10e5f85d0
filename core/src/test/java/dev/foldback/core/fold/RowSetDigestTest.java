package dev.foldback.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

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

  /** The SHA-256 of "a" and a newline, as sha256sum prints it, in four parts turned round. */
  @Test
  void itIsTheSumOfEachRowsHash() {
    assertThat(Rows.digest(List.of("a")))
        .hasToString(
            "%016x%016x%016x%016x, 1 rows"
                .formatted(
                    Long.reverseBytes(0x87428fc522803d31L),
                    Long.reverseBytes(0x065e7bce3cf03fe4L),
                    Long.reverseBytes(0x75096631e5e07bbdL),
                    Long.reverseBytes(0x7a0fde60c4cf25c7L)));
  }
}
