package dev.foldback.repository;

import static dev.foldback.repository.PruneFixture.DAY;
import static dev.foldback.repository.PruneFixture.assertRestores;
import static dev.foldback.repository.PruneFixture.assertWhole;
import static dev.foldback.repository.PruneFixture.backup;
import static dev.foldback.repository.PruneFixture.ids;
import static dev.foldback.repository.PruneFixture.open;
import static dev.foldback.repository.PruneFixture.prune;
import static dev.foldback.repository.PruneFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.Dropping;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.PrunePlan;
import dev.foldback.core.prune.Pruner;
import dev.foldback.core.prune.Swept;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes, when, and what stands in the way. */
class PruneTest {
  private final ClockedStore store = new ClockedStore();

  @BeforeEach
  void init() {
    var _ = Repositories.init(store, InitOptions.unsealed());
  }

  private static void fails(ThrowingCallable call, ErrorCode code, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage()).contains(words);
              assertThat(e.hint()).isNotBlank();
            });
  }

  private List<String> objects() {
    return store.files.keys("objects/");
  }

  @Test
  void aDroppedSnapshotGoesAtOnceAndItsObjectsAfterTheGracePeriod() {
    SnapshotId first = backup(store, 1);
    List<String> ofFirst = objects();
    open(store, store.clock()).record(first, new Proof(ClockedStore.START, "presence", true, ""));
    SnapshotId second = backup(store, 2);
    store.pass(DAY);

    Swept one = prune(store);

    assertThat(one.snapshots()).isEqualTo(1);
    assertThat(one.deletedObjects()).isZero();
    assertThat(one.waitingObjects()).isEqualTo(ofFirst.size());
    assertThat(ids(store, store.clock())).containsExactly(second);
    assertThat(store.files.keys("proofs/")).isEmpty();
    assertThat(objects()).containsAll(ofFirst);

    store.pass(DAY.minusMinutes(1));
    assertThat(prune(store).deletedObjects()).isZero();
    store.pass(Duration.ofMinutes(1));
    Swept last = prune(store);

    assertThat(last.deletedObjects()).isEqualTo(ofFirst.size());
    assertThat(last.waitingObjects()).isZero();
    assertThat(objects()).isNotEmpty().doesNotContainAnyElementsOf(ofFirst);
    assertWhole(store, store.clock(), "after");
    assertRestores(store, store.clock(), second, 2);
  }

  @Test
  void whatItSaysWillBeFreeIsWhatIsDeleted() {
    backup(store, 1);
    long bytes = objects().stream().mapToLong(k -> store.files.bytes(k).length).sum();
    backup(store, 2);
    store.pass(DAY);
    List<PrunePlan> plans = new ArrayList<>();
    prune(store, store.clock(), new PruneOptions(DAY, false), plans);
    assertThat(plans.getFirst().garbage().freedBytes()).isEqualTo(bytes);
    assertThat(plans.getFirst().garbage().looseObjects()).isZero();
    store.pass(DAY);
    assertThat(prune(store).deletedBytes()).isEqualTo(bytes);
  }

  @Test
  void aDryRunSaysTheSameAndWritesNothing() {
    backup(store, 1);
    backup(store, 2);
    store.before = call -> assertThat(call).doesNotStartWith("put").doesNotStartWith("delete");
    List<PrunePlan> plans = new ArrayList<>();
    assertThat(prune(store, store.clock(), new PruneOptions(DAY, true), plans)).isEmpty();
    store.before = call -> {};
    prune(store, store.clock(), new PruneOptions(DAY, false), plans);
    assertThat(plans.getFirst().decisions()).isEqualTo(plans.getLast().decisions());
    assertThat(plans.getFirst().garbage()).isEqualTo(plans.getLast().garbage());
    assertThat(plans.getFirst().garbage().freedObjects()).isPositive();
  }

  @Test
  void objectsThatOtherSnapshotsAndSourcesShareStay() {
    backup(store, 1);
    SnapshotId second = backup(store, 1);
    try (SnapshotWriter writer =
        open(store, store.clock()).begin(new SourceName("other"), Sample.SERVER, Sample.OPTIONS)) {
      sample(1).write(writer);
      var _ = writer.commit(sample(1).contents());
    }
    for (int day = 0; day < 3; day++) {
      store.pass(DAY);
      var _ = prune(store);
    }
    assertThat(ids(store, store.clock())).hasSize(2).contains(second);
    assertWhole(store, store.clock(), "after");
  }

  @Test
  void whatARunUnderWayStoredStaysHoweverLongItTakes() {
    backup(store, 1);
    try (SnapshotWriter writer =
        open(store, store.clock()).begin(Sample.SOURCE, Sample.SERVER, Sample.OPTIONS)) {
      sample(2).write(writer);
      for (int day = 0; day < 5; day++) {
        store.pass(DAY);
        assertThat(prune(store).deletedObjects()).isZero();
      }
      SnapshotId id = writer.commit(sample(2).contents()).id();
      assertRestores(store, store.clock(), id, 2);
    }
  }

  @Test
  void whatNobodyRefersToGoesWhenItIsOldEnough() {
    backup(store, 1);
    String loose = Keys.object("ab".repeat(32));
    var _ = store.putIfAbsent(loose, new byte[9]);
    var _ = prune(store);
    assertThat(store.files.keys("prune/")).as("young objects are not condemned").isEmpty();
    store.pass(DAY);
    var _ = prune(store);
    assertThat(store.files.keys("prune/")).hasSize(1);
    store.pass(DAY);
    assertThat(prune(store).deletedBytes()).isEqualTo(9);
    assertThat(objects()).doesNotContain(loose);
    // The list stays for a day, and its number as long as no other follows.
    store.pass(DAY.multipliedBy(2));
    var _ = prune(store);
    assertThat(store.files.keys("prune/")).contains("prune/1.json", "prune/1.done.json");
  }

  @Test
  void aManifestThatCantBeReadStopsEverything() {
    SnapshotId first = backup(store, 1);
    backup(store, 2);
    String key = Keys.manifest(Sample.SOURCE, first);
    store.files.flip(key, 40);
    Map<String, byte[]> before = new TreeMap<>(store.files.files);
    fails(() -> prune(store), ErrorCode.MANIFEST_DAMAGED, key, "Nothing was deleted");
    assertThat(store.files.keys("objects/")).hasSameSizeAs(keys(before, "objects/"));
    assertThat(store.files.keys("snapshots/")).hasSize(2);
  }

  private static List<String> keys(Map<String, byte[]> files, String prefix) {
    return files.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  @Test
  void anIndexThatCantBeReadStopsTheSweepUnlessItsSnapshotGoes() {
    SnapshotId first = backup(store, 1);
    String index = index(first);
    SnapshotId second = backup(store, 2);
    byte[] lost = store.files.bytes(index(second));
    store.files.delete(index(second));
    fails(() -> prune(store), ErrorCode.NOT_PRUNABLE, second.value(), "no object was deleted");
    assertThat(ids(store, store.clock())).containsExactly(first, second);

    store.files.files.put(index(second), lost);
    store.files.delete(index);
    assertThat(prune(store).snapshots()).isEqualTo(1);
    assertThat(ids(store, store.clock())).containsExactly(second);
    assertRestores(store, store.clock(), second, 2);
  }

  private String index(SnapshotId id) {
    return Keys.object(
        new SnapshotFiles(store)
            .read(new SnapshotFiles.Place(Sample.SOURCE, id))
            .index()
            .getFirst()
            .object());
  }

  @Test
  void ofTwoPrunesAtOnceOneIsRefused() {
    backup(store, 1);
    try (Pruner pruner = open(store, store.clock()).prune(new PruneOptions(DAY, false))) {
      fails(() -> prune(store), ErrorCode.LEASE_HELD, "the pruning of this repository");
      assertThat(pruner.snapshots().entries()).hasSize(1);
      // A backup meanwhile is welcome, and so is a dry run.
      backup(store, 2);
      assertThat(prune(store, store.clock(), new PruneOptions(DAY, true), new ArrayList<>()))
          .isEmpty();
    }
    assertThat(prune(store).snapshots()).isEqualTo(1);
  }

  @Test
  void aPruneThatWasTakenOverStops() {
    backup(store, 1);
    backup(store, 2);
    try (Pruner slow = open(store, store.clock()).prune(new PruneOptions(DAY, false))) {
      store.pass(Duration.ofMinutes(6));
      Lease.take(store, Lease.Right.prune(), store.clock(), LeaseTimes.DEFAULT).close();
      List<String> before = store.files.keys("");
      fails(
          () -> slow.drop(new Dropping(List.of(), Map.of()), Progress.NONE),
          ErrorCode.LEASE_LOST,
          "everything else is whole");
      assertThat(store.files.keys("")).isEqualTo(before);
    }
  }

  @Test
  void aStoreThatTellsNoTimesLosesNoObject() {
    backup(store, 1);
    backup(store, 2);
    store.tellsTime = false;
    for (int day = 0; day < 3; day++) {
      store.pass(DAY);
      Swept swept = prune(store);
      assertThat(swept.clockKnown()).isFalse();
      assertThat(swept.deletedObjects()).isZero();
    }
    assertThat(ids(store, store.clock())).hasSize(1);
    assertThat(store.files.keys("prune/")).isEmpty();
  }

  @Test
  void theClockOfTheHostDoesNotMatterToObjects() {
    backup(store, 1);
    backup(store, 2);
    for (int i = 0; i < 3; i++) {
      var _ =
          prune(store, java.time.Clock.offset(store.clock(), Duration.ofDays(4000L * i + 1)), DAY);
    }
    assertThat(store.files.keys("prune/")).isEmpty();
    assertWhole(store, store.clock(), "after");
  }

  @Test
  void aStoreThatMayNotBeWrittenIsNamedAndNothingIsLost() {
    backup(store, 1);
    backup(store, 2);
    store.before =
        call -> {
          if (call.startsWith("delete snapshots/")) {
            throw ClockedStore.failure(StoreException.Kind.DENIED, "not allowed to delete");
          }
        };
    fails(() -> prune(store), ErrorCode.STORE_DENIED, "not allowed", "the next one goes on");
    store.before = call -> {};
    assertThat(ids(store, store.clock())).hasSize(2);
    assertWhole(store, store.clock(), "after");
    store.before =
        call -> {
          if (call.startsWith("put leases/")) {
            throw ClockedStore.failure(StoreException.Kind.DENIED, "read-only");
          }
        };
    fails(() -> prune(store), ErrorCode.STORE_DENIED, "read-only");
  }

  @Test
  void theSameBytesAsACondemnedObjectGetAnotherName() {
    SnapshotId first = backup(store, 1);
    List<String> ofFirst = objects();
    backup(store, 2);
    store.pass(DAY);
    var _ = prune(store);
    // Rows as they were come back: their objects are there, but about to be deleted.
    SnapshotId third = backup(store, 1);
    store.pass(DAY);
    assertThat(prune(store).deletedObjects()).isEqualTo(ofFirst.size());
    assertThat(objects()).doesNotContainAnyElementsOf(ofFirst);
    assertRestores(store, store.clock(), third, 1);
    assertWhole(store, store.clock(), first + " is gone");
  }

  @Test
  void whatManifestsOfLogNameStaysAndTheirOldestEndGoesInOrder() {
    backup(store, 1);
    List<String> names = List.of("aa".repeat(32), "bb".repeat(32), "cc".repeat(32));
    for (int i = 0; i < 3; i++) {
      var _ = store.putIfAbsent(Keys.object(names.get(i)), new byte[5]);
      byte[] manifest =
          Json.checked(
              Json.file()
                  .set("objects", Json.object().set("x", Json.texts(List.of(names.get(i))))));
      var _ = store.putIfAbsent("log/shop/" + (9 + i) + ".json", manifest);
    }
    for (int day = 0; day < 3; day++) {
      store.pass(DAY);
      assertThat(prune(store).deletedObjects()).isZero();
    }
    List<String> deleted = new ArrayList<>();
    store.before =
        call -> {
          if (call.startsWith("delete log/")) {
            deleted.add(call);
          }
        };
    Dropping older = new Dropping(List.of(), Map.of(Sample.SOURCE, 10L));
    try (Pruner pruner = open(store, store.clock()).prune(new PruneOptions(DAY, false))) {
      assertThat(pruner.weigh(older, Progress.NONE).freedBytes()).isEqualTo(10);
      assertThat(pruner.drop(older, Progress.NONE).segments()).isEqualTo(2);
    }
    assertThat(deleted).containsExactly("delete log/shop/9.json", "delete log/shop/10.json");
    store.pass(DAY);
    assertThat(prune(store).deletedObjects()).isEqualTo(2);
    assertThat(objects()).contains(Keys.object(names.get(2)));
  }

  @Test
  void aManifestOfLogThatCantBeReadStopsTheSweep() {
    backup(store, 1);
    var _ = store.putIfAbsent("log/shop/1.json", new byte[] {1, 2, 3});
    fails(() -> prune(store), ErrorCode.NOT_PRUNABLE, "log/shop/1.json", "no object was deleted");
  }

  @Test
  void aDamagedClaimCountsOnlyWhereItsManifestIsNotThere() {
    SnapshotId id = backup(store, 1);
    String claim = Keys.claim(Sample.SOURCE, id);
    store.files.flip(claim, 30);
    assertWhole(store, store.clock(), "a claim is no part of a snapshot");
    assertThat(prune(store).snapshots()).isZero();
    String other = Keys.claim(Sample.SOURCE, new SnapshotId("20260101T000000Z-ffff"));
    var _ = store.putIfAbsent(other, store.files.bytes(claim));
    fails(() -> prune(store), ErrorCode.NOT_PRUNABLE, other, "no object was deleted");
    // A run that claims and does not commit for a week is dead.
    store.pass(Duration.ofDays(7));
    store.files.delete(other);
    assertThat(prune(store).deletedObjects()).isZero();
    assertThat(store.files.keys("claims/")).isEmpty();
  }

  @Test
  void theClaimOfADeadRunHoldsItsObjectsForAWeek() {
    backup(store, 1);
    store.before =
        call -> {
          if (call.startsWith("put snapshots/")) {
            throw ClockedStore.failure(StoreException.Kind.UNREACHABLE, "gone");
          }
        };
    fails(() -> backup(store, 2), ErrorCode.STORE_UNREACHABLE, "gone");
    store.before = call -> {};
    store.files.keys("pending/").forEach(store.files::delete);
    int all = objects().size();
    for (int day = 0; day < 6; day++) {
      store.pass(DAY);
      var _ = prune(store);
    }
    assertThat(objects()).hasSize(all);
    for (int day = 0; day < 3; day++) {
      store.pass(DAY);
      var _ = prune(store);
    }
    assertThat(objects()).hasSizeLessThan(all);
    assertWhole(store, store.clock(), "after");
  }
}
