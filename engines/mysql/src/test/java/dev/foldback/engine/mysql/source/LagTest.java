package dev.foldback.engine.mysql.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagTest {
  @Test
  void theGreatestOfAllSourcesCounts() {
    assertThat(
            Lag.of(
                List.of(
                    Map.of("seconds_behind_master", "3"),
                    Map.of("seconds_behind_master", "70"),
                    Map.of("seconds_behind_master", "0"))))
        .isEqualTo(new Lag(3, 70, true));
    assertThat(Lag.of(List.of(Map.of("seconds_behind_source", "5"))))
        .isEqualTo(new Lag(1, 5, true));
  }

  @Test
  void aSourceThatIsNotFollowedNowLeavesItUnknown() {
    assertThat(
            Lag.of(
                List.of(
                    Collections.singletonMap("seconds_behind_master", null),
                    Map.of("seconds_behind_master", "9"))))
        .isEqualTo(new Lag(2, 9, false));
    assertThat(Lag.of(List.of())).isEqualTo(new Lag(0, 0, true));
  }

  @Test
  void limitsOnItHaveThreeNamesInAnyCase() {
    assertThat(List.of("Seconds_Behind_Master", "seconds_behind_source", "SECONDS_BEHIND"))
        .allMatch(Lag::isName);
    assertThat(Lag.isName("Threads_running")).isFalse();
  }
}
