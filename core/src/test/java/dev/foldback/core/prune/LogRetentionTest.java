package dev.foldback.core.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.log.LogPlace;
import dev.foldback.core.repository.SnapshotListing.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Snapshots every other day at 03:00, a segment a day, places that grow by 100 a day. */
class LogRetentionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-02-01T03:00:00Z");
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  private static Decisions decide(
      int last, Optional<Duration> log, List<Entry> snapshots, List<LogSegment> segments) {
    return decide(last, log, snapshots, segments, NOW);
  }

  private static Decisions decide(
      int last, Optional<Duration> log, List<Entry> entries, List<LogSegment> log2, Instant now) {
    return new Retention(new RetentionPolicy(last, 0, 0, 0, 0, log), now).decide(entries, log2);
  }

  private static List<Entry> snapshots(int days) {
    List<Entry> all = new ArrayList<>();
    for (int day = 0; day < days; day += 2) {
      all.add(Snapshots.at(FIRST.plus(Duration.ofDays(day)).toString(), 1000 + 100L * day));
    }
    return all;
  }

  /** Segment n holds the commits from 03:00 of day n to 03:00 of the next. */
  private static List<LogSegment> log(int days) {
    List<LogSegment> all = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      String end = FIRST.plus(Duration.ofDays(day + 1)).toString();
      all.add(Snapshots.segment(day, 1000 + 100L * day, 1100 + 100L * day, end));
    }
    return all;
  }

  private static long firstKept(Decisions decisions) {
    return decisions.log().stream()
        .filter(LogDecision::keep)
        .mapToLong(LogDecision::first)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static List<String> kept(Decisions decisions) {
    return decisions.snapshots().stream()
        .filter(SnapshotDecision::keep)
        .map(d -> d.snapshot().started().toString().substring(0, 10))
        .toList();
  }

  @Test
  void withoutAWindowAllLogAfterTheOldestKeptSnapshotStays() {
    Decisions decisions = decide(3, Optional.empty(), snapshots(28), log(28));
    assertThat(kept(decisions)).containsExactly("2026-02-23", "2026-02-25", "2026-02-27");
    assertThat(firstKept(decisions)).isEqualTo(22);
    assertThat(decisions.log()).hasSize(2);
    LogDecision dropped = decisions.log().getFirst();
    assertThat(dropped.keep()).isFalse();
    assertThat(dropped.first()).isZero();
    assertThat(dropped.last()).isEqualTo(21);
    assertThat(dropped.bytes()).isEqualTo(22_000);
    assertThat(dropped.reasons()).containsExactly("comes before every kept snapshot");
    assertThat(decisions.log().getLast().reasons())
        .containsExactly("follows the oldest kept snapshot");
  }

  @Test
  void aWindowKeepsItsLogAndTheSnapshotThatItsFirstMomentIsReachedFrom() {
    Decisions decisions = decide(1, Optional.of(Duration.ofDays(7)), snapshots(28), log(28));
    // The newest commit is of 03:00 on March 1st, so the window begins at 03:00 on February 22nd.
    assertThat(kept(decisions)).containsExactly("2026-02-21", "2026-02-27");
    assertThat(firstKept(decisions)).isEqualTo(20);
    assertThat(decisions.snapshots().stream().filter(SnapshotDecision::keep).findFirst())
        .hasValueSatisfying(
            d ->
                assertThat(d.reasons())
                    .containsExactly("needed to reach moments since 2026-02-22T03:00:00Z"));
  }

  @Test
  void aClockThatRanAheadDoesNotShortenTheWindow() {
    Optional<Duration> week = Optional.of(Duration.ofDays(7));
    Decisions usual = decide(1, week, snapshots(28), log(28));
    Decisions ahead =
        decide(1, week, snapshots(28), log(28), Instant.parse("2040-01-01T00:00:00Z"));
    assertThat(kept(ahead)).isEqualTo(kept(usual));
    assertThat(firstKept(ahead)).isEqualTo(firstKept(usual));
    // A server's clock that ran ahead for one segment does not either.
    List<LogSegment> odd = log(28);
    odd.set(5, Snapshots.segment(5, 1500, 1600, "2039-01-01T00:00:00Z"));
    assertThat(firstKept(decide(1, week, snapshots(28), odd))).isLessThanOrEqualTo(5);
  }

  @Test
  void aSnapshotOfAnotherServerIsNoStartForThisLog() {
    List<LogSegment> log =
        log(28).stream()
            .map(
                s ->
                    new LogSegment(
                        s.source(),
                        "server-2",
                        s.number(),
                        s.from(),
                        s.to(),
                        s.firstCommit(),
                        s.lastCommit(),
                        s.bytes()))
            .toList();
    Decisions decisions = decide(1, Optional.of(Duration.ofDays(7)), snapshots(28), log);
    // All of the window's log stays, though nothing leads to it; and the last before by its time.
    assertThat(firstKept(decisions)).isEqualTo(20);
    assertThat(kept(decisions)).containsExactly("2026-02-21", "2026-02-27");
  }

  @Test
  void afterAHoleTheFirstSnapshotThatLogGoesOnFromIsKept() {
    List<LogSegment> log = log(28);
    log.remove(23);
    Decisions decisions = decide(1, Optional.of(Duration.ofDays(7)), snapshots(28), log);
    // Day 24 is the first after the hole.
    assertThat(kept(decisions)).containsExactly("2026-02-21", "2026-02-25", "2026-02-27");
    assertThat(decisions.log()).extracting(LogDecision::keep).containsExactly(false, true, true);
  }

  @Test
  void whereTheLogBeganAgainBothSnapshotsThatMayLeadIntoTheWindowStay() {
    List<Entry> entries = snapshots(28);
    List<LogSegment> log = log(28);
    Instant reset = FIRST.plus(Duration.ofDays(28));
    entries.add(Snapshots.at(Snapshots.SHOP, reset, "binlog.000001", 1150, Optional.empty()));
    log.add(
        Snapshots.segment(
            28, new LogPlace("binlog.000001", 1000), 1900, reset.plus(Duration.ofHours(9))));
    Decisions decisions = decide(1, Optional.of(Duration.ofHours(6)), entries, log);
    assertThat(kept(decisions)).contains("2026-03-01");
    assertThat(firstKept(decisions)).isLessThanOrEqualTo(28);
  }

  @Test
  void aLogWithoutAnySnapshotIsLeftAlone() {
    assertThat(decide(1, Optional.of(Duration.ofDays(1)), List.of(), log(5)).log()).isEmpty();
  }

  @Test
  void everyMomentOfTheWindowStaysWithinReachAndNoHoleComes() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      List<Entry> entries = new ArrayList<>();
      List<LogSegment> log = new ArrayList<>();
      world(random, entries, log);
      Duration window = Duration.ofHours(1 + random.nextInt(24 * 30));
      Decisions decisions = decide(random.nextInt(3), Optional.of(window), entries, log);
      List<Long> places =
          decisions.snapshots().stream()
              .filter(SnapshotDecision::keep)
              .map(d -> Long.parseLong(d.snapshot().position().text().replaceFirst("^.*:", "")))
              .toList();
      long from = firstKept(decisions);
      for (LogSegment segment : log) {
        Instant newest = log.getLast().lastCommit();
        if (!segment.lastCommit().isBefore(newest.minus(window))) {
          assertThat(segment.number()).as("seed %d", SEED).isGreaterThanOrEqualTo(from);
          // Reachable before, reachable after.
          long at = segment.from().offset();
          boolean before = entries.stream().anyMatch(e -> place(e) >= 1000 && place(e) <= at);
          boolean after =
              places.stream().anyMatch(p -> p <= at && p >= log.get((int) from).from().offset());
          assertThat(after || !before).as("seed %d", SEED).isTrue();
        }
      }
      assertThat(decisions.log().stream().map(LogDecision::keep).distinct().toList())
          .as("seed %d", SEED)
          .isIn(List.of(true), List.of(false, true));
    }
  }

  private static long place(Entry entry) {
    return SourceHistory.place(entry).orElseThrow().offset();
  }

  /** One unbroken log, and snapshots anywhere in it. */
  private static void world(Random random, List<Entry> entries, List<LogSegment> log) {
    long place = 1000;
    Instant time = FIRST;
    int segments = 1 + random.nextInt(30);
    for (int i = 0; i < segments; i++) {
      long to = place + 2 + random.nextInt(200);
      time = time.plusSeconds(60 + random.nextInt(80_000));
      log.add(Snapshots.segment(i, new LogPlace("binlog.000001", place), to, time));
      if (i == 0 || random.nextInt(3) == 0) {
        long at = place + random.nextInt((int) (to - place));
        entries.add(
            Snapshots.at(
                Snapshots.SHOP, time.minusSeconds(30), "binlog.000001", at, Optional.empty()));
      }
      place = to;
    }
  }
}
