package dev.foldback.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotListing.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  private static RetentionPolicy keep(int last, int daily, int weekly, int monthly, int yearly) {
    return new RetentionPolicy(last, daily, weekly, monthly, yearly, Optional.empty());
  }

  private static Decisions decide(RetentionPolicy policy, List<Entry> entries) {
    return new Retention(policy, NOW).decide(entries, List.of());
  }

  /** The times of what is kept, to the hour. */
  private static List<String> kept(RetentionPolicy policy, List<Entry> entries) {
    return decide(policy, entries).snapshots().stream()
        .filter(SnapshotDecision::keep)
        .map(d -> d.snapshot().started().toString().substring(0, 13))
        .toList();
  }

  private static List<Entry> twiceADay(String from, int days) {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 2 * days; i++) {
      Instant time = Instant.parse(from + "T03:00:00Z").plus(Duration.ofHours(12L * i));
      all.add(Snapshots.at(time.toString(), 1000L * (i + 1)));
    }
    return all;
  }

  @Test
  void aPolicyThatKeepsNothingIsRefused() {
    assertThatThrownBy(() -> keep(0, 0, 0, 0, 0))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("nothing was deleted");
    assertThatThrownBy(() -> keep(3, -1, 0, 0, 0)).hasMessageContaining("negative");
    assertThat(new RetentionPolicy(0, 0, 0, 0, 0, Optional.of(Duration.ofDays(14))).log())
        .isPresent();
  }

  @Test
  void theLastOnesAreKept() {
    assertThat(kept(keep(3, 0, 0, 0, 0), twiceADay("2026-02-20", 5)))
        .containsExactly("2026-02-23T15", "2026-02-24T03", "2026-02-24T15");
  }

  @Test
  void ofEachDayTheNewestIsKeptAndOnlyDaysWithSnapshotsCount() {
    List<Entry> all = twiceADay("2026-02-10", 2);
    all.addAll(twiceADay("2026-02-20", 2));
    assertThat(kept(keep(0, 3, 0, 0, 0), all))
        .containsExactly("2026-02-11T15", "2026-02-20T15", "2026-02-21T15");
  }

  @Test
  void weeksAreThoseOfIsoAndEndOnSunday() {
    // 2026-01-04 is the Sunday of 2026-W01, which began in December.
    List<Entry> all = twiceADay("2025-12-28", 9);
    assertThat(kept(keep(0, 0, 3, 0, 0), all))
        .containsExactly("2025-12-28T15", "2026-01-04T15", "2026-01-05T15");
    assertThat(decide(keep(0, 0, 2, 0, 0), all).snapshots().toString())
        .contains("the newest of week 2026-W01");
  }

  @Test
  void monthsAndYearsAreThoseOfUtc() {
    List<Entry> all = twiceADay("2025-12-30", 40);
    assertThat(kept(keep(0, 0, 0, 2, 0), all)).containsExactly("2026-01-31T15", "2026-02-07T15");
    assertThat(kept(keep(0, 0, 0, 0, 5), all)).containsExactly("2025-12-31T15", "2026-02-07T15");
  }

  @Test
  void everyReasonIsSaidAndWhatGoesIsToldWhy() {
    List<SnapshotDecision> decisions =
        decide(keep(1, 2, 0, 0, 0), twiceADay("2026-02-20", 2)).snapshots();
    assertThat(decisions.getLast().reasons())
        .containsExactly(
            "the newest of its source", "one of the last 1", "the newest of day 2026-02-21");
    assertThat(decisions.getFirst().keep()).isFalse();
    assertThat(decisions.getFirst().reasons()).containsExactly("no rule keeps it");
  }

  @Test
  void sourcesAreCountedApart() {
    List<Entry> all = twiceADay("2026-02-20", 2);
    Instant time = Instant.parse("2020-01-01T00:00:00Z");
    all.add(Snapshots.at(new SourceName("old"), time, "b.1", 4, Optional.empty()));
    assertThat(kept(keep(1, 0, 0, 0, 0), all)).containsExactly("2020-01-01T00", "2026-02-21T15");
  }

  @Test
  void theLastVerifiedOneIsKeptAndRowsCountForMoreThanBytes() {
    List<Entry> all = twiceADay("2026-02-20", 5);
    all.set(1, Snapshots.proven(all.get(1), "restore"));
    all.set(3, Snapshots.proven(all.get(3), "rows"));
    all.set(5, Snapshots.proven(all.get(5), "bytes"));
    all.set(7, Snapshots.proven(all.get(7), "presence"));
    assertThat(kept(keep(1, 0, 0, 0, 0), all)).containsExactly("2026-02-21T15", "2026-02-24T15");
    all.set(3, all.get(2));
    all.set(1, all.get(0));
    assertThat(kept(keep(1, 0, 0, 0, 0), all)).containsExactly("2026-02-22T15", "2026-02-24T15");
  }

  @Test
  void aSnapshotThatFailedALaterCheckDoesNotTakeThePlaceOfAGoodOne() {
    List<Entry> all = twiceADay("2026-02-20", 5);
    all.set(1, Snapshots.proven(all.get(1), "rows"));
    all.set(3, Snapshots.failedLater(Snapshots.proven(all.get(3), "restore")));
    assertThat(kept(keep(1, 0, 0, 0, 0), all)).containsExactly("2026-02-20T15", "2026-02-24T15");
    // Where there is no other, it is the best there is.
    all.set(1, all.get(0));
    assertThat(kept(keep(1, 0, 0, 0, 0), all)).containsExactly("2026-02-21T15", "2026-02-24T15");
  }

  @Test
  void aSnapshotFromTheFutureIsKeptAndTakesNobodysPlace() {
    List<Entry> all = twiceADay("2026-02-20", 5);
    all.add(Snapshots.at("2031-01-01T00:00:00Z", 5_500));
    assertThat(kept(keep(2, 1, 1, 1, 1), all))
        .containsExactly("2026-02-24T03", "2026-02-24T15", "2031-01-01T00");
    assertThat(decide(keep(1, 0, 0, 0, 0), all).snapshots().getLast().reasons())
        .first()
        .asString()
        .contains("a clock was wrong");
  }

  @Test
  void aClockThatWasSetBackHidesNoNewSnapshot() {
    List<Entry> all = twiceADay("2026-02-20", 5);
    all.add(Snapshots.at("1999-01-01T00:00:00Z", 90_000));
    all.add(Snapshots.at("1999-01-02T00:00:00Z", 91_000));
    assertThat(kept(keep(2, 0, 0, 0, 0), all))
        .containsExactly("1999-01-01T00", "1999-01-02T00", "2026-02-24T03", "2026-02-24T15");
  }

  @Test
  void aLogThatBeganAgainHidesNoNewSnapshot() {
    List<Entry> all = twiceADay("2026-02-20", 5);
    all.add(Snapshots.at("2026-02-26T03:00:00Z", 4));
    all.add(Snapshots.at("2026-02-27T03:00:00Z", 8));
    assertThat(kept(keep(2, 0, 0, 0, 0), all)).contains("2026-02-26T03", "2026-02-27T03");
  }

  @Test
  void aClockOfThePruningHostThatIsFarOffDeletesNothingMore() {
    List<Entry> all = twiceADay("2026-02-20", 5);
    RetentionPolicy policy = keep(2, 3, 0, 0, 0);
    List<String> usual = kept(policy, all);
    for (String now :
        List.of("1970-01-01T00:00:00Z", "2026-02-22T00:00:00Z", "2090-01-01T00:00:00Z")) {
      List<String> kept =
          new Retention(policy, Instant.parse(now))
              .decide(all, List.of()).snapshots().stream()
                  .filter(SnapshotDecision::keep)
                  .map(d -> d.snapshot().started().toString().substring(0, 13))
                  .toList();
      assertThat(kept).as(now).containsAll(usual);
    }
  }

  private static List<Entry> random(Random random) {
    List<Entry> all = new ArrayList<>();
    Instant time = NOW.minus(Duration.ofDays(900));
    int size = 1 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      time = time.plusSeconds(1 + random.nextInt(900 * 86_400 / size));
      boolean jumped = random.nextInt(12) == 0;
      Instant said = jumped ? time.plus(Duration.ofDays(random.nextInt(2000) - 1000)) : time;
      Entry entry =
          Snapshots.at(
              new SourceName(random.nextInt(4) == 0 ? "b" : "a"),
              said,
              "binlog.00000" + (1 + random.nextInt(8) / 7),
              1000L * i,
              Optional.empty());
      String kind = List.of("presence", "bytes", "rows", "restore").get(random.nextInt(4));
      entry = random.nextInt(3) == 0 ? Snapshots.proven(entry, kind) : entry;
      entry = random.nextInt(9) == 0 ? Snapshots.failedLater(entry) : entry;
      Entry added = entry;
      if (all.stream().noneMatch(e -> e.manifest().id().equals(added.manifest().id()))) {
        all.add(entry);
      }
    }
    return all;
  }

  private static RetentionPolicy random(Random random, RetentionPolicy atLeast) {
    return new RetentionPolicy(
        atLeast.last() + random.nextInt(4),
        atLeast.daily() + random.nextInt(9),
        atLeast.weekly() + random.nextInt(6),
        atLeast.monthly() + random.nextInt(9),
        atLeast.yearly() + random.nextInt(3),
        Optional.empty());
  }

  @Test
  void keepingMoreNeverDeletesMoreAndWhatMustStayStays() {
    Random random = new Random(SEED);
    for (int round = 0; round < 3_000; round++) {
      List<Entry> all = random(random);
      RetentionPolicy less = random(random, keep(1, 0, 0, 0, 0));
      RetentionPolicy more = random(random, less);
      List<String> kept = ids(less, all);
      assertThat(ids(more, all)).as("seed %d", SEED).containsAll(kept);
      for (String source : List.of("a", "b")) {
        List<Entry> own =
            all.stream().filter(e -> e.manifest().source().value().equals(source)).toList();
        own.stream()
            .map(RetentionTest::id)
            .max(String::compareTo)
            .ifPresent(newest -> assertThat(kept).as("seed %d", SEED).contains(newest));
        verified(own).ifPresent(last -> assertThat(kept).as("seed %d", SEED).contains(last));
      }
      // A second prune with nothing new deletes nothing more.
      List<Entry> left = all.stream().filter(e -> kept.contains(id(e))).toList();
      assertThat(ids(less, left)).as("seed %d", SEED).isEqualTo(kept);
    }
  }

  private static Optional<String> verified(List<Entry> own) {
    return own.stream()
        .filter(e -> e.proof().map(Proof::good).orElse(false))
        .filter(e -> e.strongest().map(p -> Proof.strength(p.kind()) >= 2).orElse(false))
        .map(RetentionTest::id)
        .max(String::compareTo);
  }

  private static String id(Entry entry) {
    return entry.manifest().source() + "/" + entry.manifest().id();
  }

  private static List<String> ids(RetentionPolicy policy, List<Entry> all) {
    return decide(policy, all).snapshots().stream()
        .filter(SnapshotDecision::keep)
        .map(d -> d.snapshot().source() + "/" + d.snapshot().id())
        .collect(Collectors.toList());
  }
}
