package dev.foldback.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.Finding;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final long MIB = 1 << 20;

  private final SettableClock clock = new SettableClock();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(screen, true, StandardCharsets.UTF_8);

  @Test
  void withoutATerminalALineComesEveryFewSeconds() {
    Meter meter = new Meter(new LineDisplay(err), clock);
    meter.phase("read", 4000, 400 * MIB);
    meter.begin("shop.orders");
    for (int second = 1; second <= 10; second++) {
      meter.advance(100, 10 * MIB);
      clock.pass(Duration.ofSeconds(1));
      meter.tick();
    }
    assertThat(text().lines())
        .containsExactly(
            "read  500 rows  50.0 MiB  10.0 MiB/s  about 35 s left  12%  [shop.orders]",
            "read  1,000 rows  100 MiB  10.0 MiB/s  about 30 s left  25%  [shop.orders]");
    meter.end("shop.orders");
    meter.finish();
    assertThat(text()).endsWith("read      1,000 rows  100 MiB  in 10.0 s  (10.0 MiB/s)\n");
  }

  @Test
  void aTerminalIsRedrawnInPlaceAndNeverWiderThanItIs() {
    int width = 40;
    Meter meter = new Meter(new LiveDisplay(err, Style.PLAIN, () -> width), clock);
    meter.phase("read", 4000, 400 * MIB);
    for (int i = 0; i < 9; i++) {
      meter.begin("shop.a_table_" + i);
    }
    meter.note("oldest transaction 3 s");
    meter.advance(2000, 200 * MIB);
    clock.pass(Duration.ofSeconds(1));
    meter.tick();
    // The first drawing had one line, which the second goes up over; it has three.
    assertThat(text()).contains("\033[1A\r\033[J[######------] 50%");
    assertThat(text()).contains(" more\n").contains("  oldest transaction 3 s\n");
    meter.finish();
    assertThat(text()).contains("\033[3A");
    assertThat(text().replaceAll("\033\\[[0-9]*[A-Z]|\r", "").lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThan(width));
  }

  @Test
  void findingsStandAboveTheLiveLines() {
    Meter meter = new Meter(new LiveDisplay(err, Style.PLAIN, () -> 80), clock);
    meter.phase("read", 0, 0);
    meter.finding(Finding.warning("rows-fell", "shop", "fewer rows", "Look."));
    assertThat(text())
        .contains("\033[1A\r\033[Jwarning rows-fell shop: fewer rows\n  hint: Look.\n");
  }

  @Test
  void withoutColourNoColourIsWritten() {
    Finding finding = Finding.error("FB-1", "a", "b", "");
    assertThat(Findings.text(finding, Style.PLAIN)).doesNotContain("\033");
    assertThat(Findings.text(finding, Style.COLOUR)).contains("\033[31m");
  }

  @Test
  void jsonProgressComesAtMostOnceASecond() {
    List<ObjectNode> events = new ArrayList<>();
    Meter meter = new Meter(new JsonDisplay(events::add), clock);
    meter.phase("read", 10, 1000);
    for (int i = 0; i < 25; i++) {
      clock.pass(Duration.ofMillis(100));
      meter.advance(0, 10);
      meter.tick();
    }
    meter.finding(Finding.info("x", "y", "z"));
    meter.finish();
    assertThat(events.stream().map(e -> e.get("type").asText()))
        .containsExactly("phase", "progress", "progress", "finding", "phaseEnd");
    assertThat(events.get(1).get("bytesPerSecond").asLong()).isEqualTo(100);
    assertThat(events.get(1).get("remainingSeconds").asLong()).isEqualTo(9);
    assertThat(events.get(4).get("bytes").asLong()).isEqualTo(250);
  }

  @Test
  void theRateFollowsTheLastTenSeconds() {
    List<ObjectNode> events = new ArrayList<>();
    Meter meter = new Meter(new JsonDisplay(events::add), clock);
    meter.phase("read", 0, 0);
    for (int second = 0; second < 40; second++) {
      meter.advance(0, second < 20 ? 1000 : 10);
      clock.pass(Duration.ofSeconds(1));
      meter.tick();
    }
    assertThat(events.getLast().get("bytesPerSecond").asLong()).isEqualTo(10);
    assertThat(events.getLast().get("remainingSeconds").isNull()).isTrue();
  }

  @Test
  void twoSlicesOfATableShowAsOneItem() {
    List<ObjectNode> events = new ArrayList<>();
    Meter meter = new Meter(new JsonDisplay(events::add), clock);
    meter.phase("read", 0, 0);
    meter.begin("a.b");
    meter.begin("a.b");
    clock.pass(Duration.ofSeconds(1));
    meter.tick();
    assertThat(events.getLast().get("inFlight").get(0).asText()).isEqualTo("a.b ×2");
    meter.end("a.b");
    clock.pass(Duration.ofSeconds(1));
    meter.tick();
    assertThat(events.getLast().get("inFlight").get(0).asText()).isEqualTo("a.b");
  }

  @Test
  void quantitiesReadAsPeopleSayThem() {
    assertThat(Words.bytes(0)).isEqualTo("0 B");
    assertThat(Words.bytes(1023)).isEqualTo("1023 B");
    assertThat(Words.bytes(1024)).isEqualTo("1.0 KiB");
    assertThat(Words.bytes(MIB - 1)).isEqualTo("1.0 MiB");
    assertThat(Words.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
    assertThat(Words.duration(Duration.ofMillis(4230))).isEqualTo("4.2 s");
    assertThat(Words.duration(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
    assertThat(Words.duration(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    assertThat(Words.count(1, "table")).isEqualTo("1 table");
    assertThat(Words.count(2000, "table")).isEqualTo("2,000 tables");
  }

  private String text() {
    return screen.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T06:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
