package dev.foldback.repository;

import static dev.foldback.repository.PruneFixture.DAY;
import static dev.foldback.repository.PruneFixture.assertRestores;
import static dev.foldback.repository.PruneFixture.assertWhole;
import static dev.foldback.repository.PruneFixture.backup;
import static dev.foldback.repository.PruneFixture.ids;
import static dev.foldback.repository.PruneFixture.prune;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.store.StoreException;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.store.FaultyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A prune that dies at any call: the repository is whole, and the next one ends the work. */
class PruneKilledTest {
  private static final long SEED = Seed.next();

  /** One snapshot to drop, and a list of condemned objects to be carried out. */
  private static ClockedStore stage() {
    ClockedStore store = new ClockedStore();
    var _ = Repositories.init(store, InitOptions.unsealed());
    backup(store, 1);
    backup(store, 2);
    store.pass(DAY);
    var _ = prune(store);
    backup(store, 3);
    store.pass(DAY);
    return store;
  }

  private static List<String> finished(ClockedStore store) {
    for (int i = 0; i < 3; i++) {
      var _ = prune(store);
      store.pass(DAY);
    }
    return store.files.keys("objects/");
  }

  @Test
  void atWhateverCallItDiesTheRepositoryIsWholeAndTheNextOneEndsTheWork() {
    ClockedStore before = stage();
    SnapshotId third = ids(before, before.clock()).getLast();
    AtomicInteger calls = new AtomicInteger();
    ClockedStore counted = before.copy();
    counted.before = call -> calls.incrementAndGet();
    var _ = prune(counted);
    List<String> expected = finished(counted);
    assertThat(before.files.keys("objects/")).hasSizeGreaterThan(expected.size());

    for (int at = 1; at <= calls.get(); at++) {
      for (boolean doneBefore : new boolean[] {false, true}) {
        ClockedStore store = before.copy();
        dies(store, at, doneBefore);
        String as = "call " + at + " of " + calls + " done " + doneBefore;
        // The lease of a dead process of this host is free; that of another one after 5 minutes.
        store.pass(Duration.ofMinutes(6));
        assertWhole(store, store.clock(), as);
        assertRestores(store, store.clock(), third, 3);
        assertThat(finished(store)).as(as).isEqualTo(expected);
        assertThat(store.files.keys("prune/clock-")).as(as).isEmpty();
        assertThat(store.files.keys("claims/")).as(as).hasSizeLessThanOrEqualTo(1);
        assertWhole(store, store.clock(), as);
        assertRestores(store, store.clock(), third, 3);
        assertThat(ids(store, store.clock())).as(as).containsExactly(third);
      }
    }
  }

  /** All calls fail from one on; that one may have been carried out. */
  private static void dies(ClockedStore store, int at, boolean doneBefore) {
    ClockedStore dying = store.view();
    AtomicInteger call = new AtomicInteger();
    dying.before =
        what -> {
          int number = call.incrementAndGet();
          if (number == at && doneBefore && what.startsWith("delete ")) {
            store.delete(what.substring("delete ".length()));
          }
          if (number >= at) {
            throw ClockedStore.failure(StoreException.Kind.UNREACHABLE, "the store is gone");
          }
        };
    try {
      var _ = prune(dying);
    } catch (FoldbackException e) {
      assertThat(e).hasMessageContaining("the store is gone");
    }
  }

  @Test
  void aStoreThatFailsNowAndThenOnlyDelaysThings() {
    for (int round = 0; round < 40; round++) {
      ClockedStore store = stage();
      FaultyStore faulty =
          new FaultyStore(
              store.view(), new FaultyStore.Faults(0.02, 0.01, 0.02, 0.02, 0), SEED + round);
      for (int i = 0; i < 6; i++) {
        try {
          Clock clock = store.clock();
          var _ = prune(faulty, clock, DAY);
        } catch (FoldbackException e) {
          assertThat(e).as("seed %d", SEED + round).isInstanceOf(StoreException.class);
        }
        assertWhole(store, store.clock(), "seed " + (SEED + round));
        store.pass(DAY);
      }
      var _ = finished(store);
      assertThat(ids(store, store.clock())).hasSize(1);
      assertWhole(store, store.clock(), "seed " + (SEED + round));
    }
  }
}
