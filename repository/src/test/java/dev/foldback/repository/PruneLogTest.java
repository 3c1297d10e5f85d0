package dev.foldback.repository;

import static dev.foldback.repository.PruneFixture.DAY;
import static dev.foldback.repository.PruneFixture.assertWhole;
import static dev.foldback.repository.PruneFixture.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.Prune;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.RetentionPolicy;
import dev.foldback.core.prune.Swept;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Prunes of a repository with a log: segment n and a snapshot at its start are of day n. */
class PruneLogTest {
  private static final int DAYS = 10;

  /** The window begins with the newest commit's time less three days: within segment 7. */
  private static Swept prune(ClockedStore store) {
    RetentionPolicy policy =
        new RetentionPolicy(1, 0, 0, 0, 0, Optional.of(Duration.ofHours(3 * 24 + 1)));
    try (Repository repository = open(store, store.clock())) {
      return new Prune(repository, store.clock())
          .run(policy, Optional.empty(), new PruneOptions(DAY, false), _ -> {}, Progress.NONE)
          .orElseThrow();
    }
  }

  private static LogListing log(ClockedStore store) {
    return open(store, store.clock()).log(Sample.SOURCE);
  }

  private static List<Long> numbers(ClockedStore store) {
    return log(store).segments().stream().map(SegmentManifest::number).toList();
  }

  private static void assertReachable(ClockedStore store, long from) {
    List<LogRange> ranges = LogRange.of(log(store));
    assertThat(ranges).hasSize(1);
    assertThat(ranges.getFirst().hole()).isEmpty();
    assertThat(open(store, store.clock()).snapshots().entries())
        .map(SnapshotListing.Entry::manifest)
        .anyMatch(
            s ->
                LogOrder.place(s.position()).offset() <= 1000 * from
                    && ranges
                        .getFirst()
                        .reaches(
                            s.server().id(),
                            LogOrder.place(s.position()),
                            s.storedLog(),
                            s.finished()));
    for (long number : numbers(store)) {
      assertThat(LoggedShop.read(open(store, store.clock()), number))
          .isEqualTo(LoggedShop.bytes(number));
    }
  }

  @Test
  void oldSegmentsGoAndEveryMomentOfTheWindowStaysWithinReach() {
    ClockedStore store = LoggedShop.days(DAYS);
    assertThat(prune(store).segments()).isEqualTo(6);
    assertThat(numbers(store)).containsExactly(7L, 8L, 9L, 10L);
    assertThat(store.files.keys("log/"))
        .contains("log/shop/begins-0000000007.json")
        .doesNotContain("log/shop/0000000006.json");
    assertReachable(store, 7);
    assertWhole(store, store.clock(), "what a prune dropped is not lost");
    int before = store.files.keys(Keys.OBJECTS).size();
    store.pass(DAY);
    assertThat(prune(store).segments()).isZero();
    assertThat(store.files.keys(Keys.OBJECTS).size()).isLessThan(before);
    assertReachable(store, 7);
    LoggedShop.capture(store, DAYS + 1);
    store.pass(DAY);
    LoggedShop.capture(store, DAYS + 2);
    assertThat(prune(store).segments()).isEqualTo(0);
    LoggedShop.backup(store, DAYS + 3);
    assertThat(store.files.keys("log/shop/begins-")).hasSize(1);
    assertWhole(store, store.clock(), "a capture goes on");
  }

  @Test
  void whatIsMissingThoughNoPruneDroppedItIsDamage() {
    ClockedStore store = LoggedShop.days(DAYS);
    prune(store);
    store.files.delete("log/shop/0000000007.json");
    assertThat(
            open(store, store.clock())
                .verify(new VerifyRequest(Optional.empty(), false, 2), Progress.NONE)
                .findings())
        .filteredOn(f -> f.severity() == Finding.Severity.ERROR)
        .extracting(Finding::code)
        .containsExactly(ErrorCode.OBJECT_MISSING.code());
  }

  @Test
  void theNewestSegmentStaysSoThatACaptureGoesOnAfterIt() {
    ClockedStore store = LoggedShop.days(3);
    LoggedShop.backup(store, 4);
    var _ = PruneFixture.prune(store);
    assertThat(numbers(store)).containsExactly(3L);
    LoggedShop.capture(store, 4);
    assertThat(LogRange.of(log(store))).hasSize(1);
    assertWhole(store, store.clock(), "four follows three");
  }

  @Test
  void aPruneThatIsKilledAnywhereLeavesAWholeLogAndTheNextGoesOn() {
    ClockedStore begun = LoggedShop.days(DAYS);
    boolean killed = true;
    for (int at = 1; killed; at++) {
      ClockedStore store = begun.copy();
      killed = kill(store, at);
      assertWhole(store, store.clock(), "killed at call " + at);
      assertReachable(store, 7);
      store.pass(Duration.ofHours(1));
      prune(store);
      assertThat(store.files.keys("log/")).as("killed at call %s", at).hasSize(5);
      assertReachable(store, 7);
    }
  }

  /** Whether it came to that call. */
  private static boolean kill(ClockedStore store, int at) {
    AtomicInteger calls = new AtomicInteger();
    ClockedStore view = store.view();
    view.before =
        call -> {
          if (calls.incrementAndGet() >= at) {
            throw ClockedStore.failure(StoreException.Kind.UNREACHABLE, "killed");
          }
        };
    try {
      prune(view);
      return false;
    } catch (StoreException e) {
      return true;
    }
  }

  @Test
  void aRestoreUnderWayReadsTheSegmentsThatItFound() {
    ClockedStore store = LoggedShop.days(DAYS);
    try (Repository restoring = open(store, store.clock())) {
      assertThat(restoring.log(Sample.SOURCE).segments()).hasSize(DAYS);
      prune(store);
      assertThat(LoggedShop.read(restoring, 2)).isEqualTo(LoggedShop.bytes(2));
    }
  }

  /** What a capture that died had stored is deleted at each call of the next one's commit. */
  @Test
  void aSegmentIsCommittedWholeOrRefusedWhereAPruneDeletesBesideIt() {
    int refused = 0;
    boolean came = true;
    for (int at = 1; came; at++) {
      ClockedStore store = new ClockedStore();
      var _ = Repositories.init(store, InitOptions.unsealed());
      LoggedShop.backup(store, 1);
      dieBeforeTheCommit(store);
      assertThat(store.files.keys(Keys.CLAIMS + "_log/")).isEmpty();
      store.pass(DAY);
      AtomicInteger calls = new AtomicInteger();
      int when = at;
      ClockedStore view = store.view();
      try (Repository repository = open(view, store.clock());
          LogWriter writer = repository.beginLog(Sample.SOURCE, 1)) {
        view.before =
            _ -> {
              if (calls.incrementAndGet() == when) {
                PruneFixture.prune(store);
                store.pass(DAY);
                PruneFixture.prune(store);
              }
            };
        LoggedShop.write(writer, 1, store.clock().instant());
      } catch (FoldbackException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.OBJECTS_CONDEMNED);
        refused++;
        view.before = _ -> {};
        LoggedShop.capture(store, 1);
      }
      view.before = _ -> {};
      came = calls.get() >= at;
      assertThat(store.files.keys(Keys.CLAIMS + "_log/")).isEmpty();
      for (int i = 0; i < 3; i++) {
        PruneFixture.prune(store);
        store.pass(DAY);
      }
      assertThat(LoggedShop.read(open(store, store.clock()), 1)).isEqualTo(LoggedShop.bytes(1));
      assertWhole(store, store.clock(), "at call " + at);
    }
    assertThat(refused).as("a prune between the upload and the claim").isPositive();
  }

  private static void dieBeforeTheCommit(ClockedStore store) {
    ClockedStore dying = store.view();
    dying.before =
        call -> {
          if (call.startsWith("put claims/")) {
            throw ClockedStore.failure(StoreException.Kind.UNREACHABLE, "gone");
          }
        };
    try {
      LoggedShop.capture(dying, 1);
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining("gone");
    }
  }

  @Test
  void bytesOfACondemnedObjectAreStoredUnderAnotherName() {
    ClockedStore store = new ClockedStore();
    var _ = Repositories.init(store, InitOptions.unsealed());
    LoggedShop.backup(store, 1);
    List<String> before = store.files.keys(Keys.OBJECTS);
    dieBeforeTheCommit(store);
    store.pass(DAY);
    PruneFixture.prune(store);
    LoggedShop.capture(store, 1);
    assertThat(store.files.keys(Keys.OBJECTS)).hasSize(before.size() + 2);
    store.pass(DAY);
    assertThat(PruneFixture.prune(store).deletedObjects()).isEqualTo(1);
    assertThat(LoggedShop.read(open(store, store.clock()), 1)).isEqualTo(LoggedShop.bytes(1));
  }
}
