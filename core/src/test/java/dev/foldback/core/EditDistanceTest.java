package dev.foldback.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "'','',0",
    "abc,'',3",
    "kitten,sitting,3",
    "flaw,lawn,2",
    "same,same,0",
    "ab,ba,2",
    "a,b,1"
  })
  void isTheFewestEditsEitherWay(String a, String b, int edits) {
    assertThat(EditDistance.between(a, b)).isEqualTo(edits);
    assertThat(EditDistance.between(b, a)).isEqualTo(edits);
  }
}
