package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.store.EventuallyConsistentStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that lag, and commits whose outcome nobody knows. */
class TroubledStoreTest {
  private static final long SEED = Seed.next();

  private final TestStore store = new TestStore();
  private final Sample sample =
      new Sample().random(new Random(SEED), "big", 5_000, 200).random(new Random(2), "small", 3, 9);

  @BeforeEach
  void init() {
    var _ = Repositories.init(store, InitOptions.unsealed());
  }

  private static Repository open(ObjectStore where) {
    return Repositories.open(where, Optional.empty(), Clock.systemUTC());
  }

  private static boolean verified(Repository repository) {
    return repository.verify(new VerifyRequest(Optional.empty(), false, 2), Progress.NONE).good();
  }

  private void assertRestores(Repository repository, SnapshotId id) throws IOException {
    try (SnapshotReader reader = repository.open(id)) {
      for (TableName table : sample.tables.keySet()) {
        try (InputStream in = reader.rows(table).open()) {
          assertThat(in.readAllBytes()).as("seed %d", SEED).isEqualTo(sample.bytes(table));
        }
      }
    }
  }

  @Test
  void whereListingsLagBackupsGoOnAndWhatWasCommittedIsFound() throws IOException {
    for (int round = 0; round < 20; round++) {
      TestStore files = store.reopened();
      EventuallyConsistentStore lagging =
          new EventuallyConsistentStore(files, 40, false, SEED + round);
      SnapshotId first;
      SnapshotId second;
      try (Repository repository = open(lagging)) {
        first = sample.backup(repository).manifest().id();
        second = sample.backup(repository).manifest().id();
        assertThat(ids(repository)).containsExactlyInAnyOrder(first, second);
        assertThat(verified(repository)).as("seed %d", SEED).isTrue();
        assertRestores(repository, first);
        assertRestores(repository, second);
      }
      // Another host, whose listings may not show either yet: nothing wrong is said or done.
      try (Repository other = open(lagging)) {
        SnapshotId third = sample.backup(other).manifest().id();
        assertThat(verified(other)).as("seed %d", SEED).isTrue();
        assertRestores(other, third);
        lagging.settle();
        assertThat(ids(other)).containsExactlyInAnyOrder(first, second, third);
        assertThat(files.keys("pending/")).as("seed %d", SEED).isEmpty();
        // A lease that a listing hid is left until a run sees it.
        sample.backup(other);
        assertThat(files.keys("leases/")).as("seed %d", SEED).hasSize(1);
      }
    }
  }

  private static List<SnapshotId> ids(Repository repository) {
    return repository.snapshots().entries().stream().map(e -> e.manifest().id()).toList();
  }

  @Test
  void ofTwoThatBeginAtTheSameMomentOneIsRefused() throws Exception {
    for (int round = 0; round < 30; round++) {
      CyclicBarrier together = new CyclicBarrier(2);
      Callable<Boolean> one =
          () -> {
            together.await();
            try (SnapshotWriter writer =
                open(store).begin(Sample.SOURCE, Sample.SERVER, Sample.OPTIONS)) {
              sample.write(writer);
              together.await(20, TimeUnit.SECONDS);
              writer.commit(sample.contents());
              return true;
            } catch (FoldbackException e) {
              assertThat(e.code()).isIn(ErrorCode.LEASE_HELD);
              assertThat(e.hint()).isNotBlank();
              together.await(20, TimeUnit.SECONDS);
              return false;
            }
          };
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        Future<Boolean> a = pool.submit(one);
        Future<Boolean> b = pool.submit(one);
        assertThat(List.of(a.get(), b.get())).containsExactlyInAnyOrder(true, false);
      }
      assertThat(store.keys("snapshots/")).hasSize(round + 1);
    }
  }

  @Test
  void differentSourcesAreBackedUpIntoOneRepositoryAtOnce() throws Exception {
    List<Callable<SnapshotId>> runs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      SourceName source = new SourceName("shop-" + i);
      runs.add(
          () -> {
            try (Repository repository = open(store);
                SnapshotWriter writer = repository.begin(source, Sample.SERVER, Sample.OPTIONS)) {
              sample.write(writer);
              return writer.commit(sample.contents()).id();
            }
          });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(6);
        Repository repository = open(store)) {
      for (Future<SnapshotId> run : pool.invokeAll(runs)) {
        assertRestores(repository, run.get());
      }
      assertThat(repository.snapshots().entries()).hasSize(6);
      assertThat(verified(repository)).isTrue();
    }
  }

  private static StoreException lost() {
    return new StoreException(
        StoreException.Kind.UNREACHABLE, StoreException.Effect.UNKNOWN, "lost", "", null);
  }

  /** A store that calls back before each put of a manifest and each read of one. */
  private static ObjectStore watched(ObjectStore store, BiConsumer<String, Object[]> manifest) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            TroubledStoreTest.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, args) -> {
              if (args != null && String.valueOf(args[0]).startsWith("snapshots/shop/2")) {
                manifest.accept(method.getName(), args);
              }
              try {
                return method.invoke(store, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private FoldbackException failedBackup(ObjectStore where) {
    FoldbackException e =
        catchThrowableOfType(FoldbackException.class, () -> sample.backup(open(where)));
    assertThat(e).isNotNull();
    return e;
  }

  @Test
  void aCommitThatArrivedAlthoughItsAnswerWasLostCounts() throws IOException {
    ObjectStore arrives =
        watched(
            store,
            (call, args) -> {
              if (call.equals("putIfAbsent")) {
                assertThat(store.putIfAbsent((String) args[0], (byte[]) args[1]))
                    .isEqualTo(PutOutcome.WRITTEN);
                throw lost();
              }
            });

    SnapshotId id = sample.backup(open(arrives)).manifest().id();

    assertRestores(open(store), id);
  }

  @Test
  void aCommitThatDidNotArriveFailsAndTheNextRunUsesWhatDid() throws IOException {
    ObjectStore swallows =
        watched(
            store,
            (call, args) -> {
              if (call.equals("putIfAbsent")) {
                throw lost();
              }
            });

    assertThat(failedBackup(swallows).code()).isEqualTo(ErrorCode.STORE_UNREACHABLE);

    assertThat(open(store).snapshots().entries()).isEmpty();
    Sample.Result again = sample.backup(open(store));
    assertThat(again.transfer().sentFrames()).isZero();
    assertRestores(open(store), again.manifest().id());
  }

  @Test
  void aCommitThatNobodyCanAskAboutIsSaidToBeUnknown() throws IOException {
    for (boolean arrives : new boolean[] {true, false}) {
      ObjectStore gone =
          watched(
              store,
              (call, args) -> {
                if (call.equals("putIfAbsent") && arrives) {
                  store.putIfAbsent((String) args[0], (byte[]) args[1]);
                }
                throw lost();
              });
      int before = store.keys("snapshots/").size();

      FoldbackException e = failedBackup(gone);

      assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
      assertThat(e).hasMessageContaining("if it is, it is whole");
      assertThat(e.hint()).contains("foldback list");
      assertThat(store.keys("snapshots/")).hasSize(before + (arrives ? 1 : 0));
      for (SnapshotId id : ids(open(store))) {
        assertRestores(open(store), id);
      }
      assertThat(verified(open(store))).isTrue();
      assertRestores(open(store), sample.backup(open(store)).manifest().id());
      store.keys("snapshots/").forEach(store.files::remove);
    }
  }
}
