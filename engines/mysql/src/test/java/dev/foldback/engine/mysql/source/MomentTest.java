package dev.foldback.engine.mysql.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentTest {
  @Test
  void valuesThatCalendarsKnowComeBackAsTheyWere() {
    for (String text : new String[] {"2024-02-28 23:59:59", "0001-01-01 00:00:00"}) {
      Moment moment = Moment.parse(text);
      assertThat(Moment.ofNumber(moment.number())).isEqualTo(moment);
      assertThat(moment.literal()).isEqualTo("'" + text + "'");
    }
    assertThat(Moment.ofDay(Moment.parse("2024-02-28").dayNumber()).dateLiteral())
        .isEqualTo("'2024-02-28'");
    Moment stamp = Moment.parse("2038-01-19 03:14:07.999999");
    assertThat(stamp.seconds()).isEqualTo(Integer.MAX_VALUE);
    assertThat(Moment.ofSeconds(Integer.MAX_VALUE).literal()).isEqualTo("'2038-01-19 03:14:07'");
  }

  @Test
  void otherValuesBecomeTheNearestThatEveryServerTakes() {
    assertThat(Moment.parse("0000-00-00 00:00:00").literal()).isEqualTo("'0000-01-01 00:00:00'");
    assertThat(Moment.parse("2024-00-31").dateLiteral()).isEqualTo("'2024-01-01'");
    assertThat(Moment.parse("2024-02-31 12:00:00").literal()).isEqualTo("'2024-02-28 23:59:59'");
    assertThat(Moment.ofNumber(Long.MAX_VALUE).literal()).isEqualTo("'9999-12-28 23:59:59'");
    assertThat(Moment.ofSeconds(Moment.parse("0000-00-00 00:00:00").seconds()).literal())
        .isEqualTo("'1970-01-01 00:00:01'");
  }

  @Test
  void literalsRiseWithNumbers() {
    long seed = Seed.next();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long number = random.nextLong(1L << 39);
      long next = number + random.nextLong(1L << random.nextInt(38));
      assertThat(Moment.ofNumber(number).literal())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Moment.ofNumber(next).literal());
      assertThat(Moment.ofDay(number >> 17).dateLiteral())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Moment.ofDay(next >> 17).dateLiteral());
    }
  }
}
