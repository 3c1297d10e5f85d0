package dev.foldback.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

  @Test
  void sizesAreReadInBothSystems() {
    assertThat(Quantities.size("4096")).hasValue(4096);
    assertThat(Quantities.size("7B")).hasValue(7);
    assertThat(Quantities.size("2K")).hasValue(2048);
    assertThat(Quantities.size("50 MiB")).hasValue(50L << 20);
    assertThat(Quantities.size("50MB")).hasValue(50_000_000L);
    assertThat(Quantities.size("1TiB")).hasValue(1L << 40);
  }

  @Test
  void otherTextIsNoSize() {
    for (String text : new String[] {"", "M", "-1", "1.5M", "1X", "99999999999999T", "1e3"}) {
      assertThat(Quantities.size(text)).as(text).isEmpty();
    }
  }

  @Test
  void durationsAreRead() {
    assertThat(Quantities.duration("500ms")).contains(Duration.ofMillis(500));
    assertThat(Quantities.duration("30s")).contains(Duration.ofSeconds(30));
    assertThat(Quantities.duration("5 m")).contains(Duration.ofMinutes(5));
    assertThat(Quantities.duration("2h")).contains(Duration.ofHours(2));
    for (String text : new String[] {"", "5", "-5s", "1d", "9999999999s"}) {
      assertThat(Quantities.duration(text)).as(text).isEmpty();
    }
  }

  @Test
  void longDurationsAreReadInDaysAndWeeksToo() {
    assertThat(Quantities.longDuration("14d")).contains(Duration.ofDays(14));
    assertThat(Quantities.longDuration("2 W")).contains(Duration.ofDays(14));
    assertThat(Quantities.longDuration("36h")).contains(Duration.ofHours(36));
    for (String text : new String[] {"", "14", "-1d", "1y", "999999d"}) {
      assertThat(Quantities.longDuration(text)).as(text).isEmpty();
    }
  }
}
