package dev.foldback.engine.mysql.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadTest {
  @Test
  void namesAreAsFarApartAsTheyTakeChanges() {
    assertThat(Load.distance("threads_running", "threads_running")).isZero();
    assertThat(Load.distance("thread_running", "threads_running")).isEqualTo(1);
    assertThat(Load.distance("threads-running", "threads_running")).isEqualTo(1);
    assertThat(Load.distance("", "abc")).isEqualTo(3);
    assertThat(Load.distance("abc", "cab")).isEqualTo(2);
  }
}
