package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.store.FaultyStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that keep half of a write, which honest ones never do. */
class TornWritesTest {
  private static final long SEED = Seed.next();
  private static final FaultyStore.Faults TORN = new FaultyStore.Faults(0, 0, 0, 0, 1);

  private final TestStore made = new TestStore();
  private final Sample sample =
      new Sample().random(new Random(SEED), "big", 3_000, 200).random(new Random(2), "small", 3, 9);
  private final Set<String> torn = new TreeSet<>();

  @BeforeEach
  void init() {
    var _ = Repositories.init(made, InitOptions.unsealed());
  }

  private static Repository open(ObjectStore where) {
    return Repositories.open(where, Optional.empty(), Clock.systemUTC());
  }

  /**
   * Tears one of the writes.
   *
   * @param again whether the write is then made once more, as it is where calls are repeated
   */
  private ObjectStore tearing(TestStore store, int number, boolean again) {
    AtomicInteger puts = new AtomicInteger();
    ObjectStore faulty = new FaultyStore(store, TORN, SEED);
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, args) -> {
              boolean tear =
                  method.getName().equals("putIfAbsent") && puts.incrementAndGet() == number;
              if (tear) {
                String key = (String) args[0];
                torn.add(key.substring(0, key.indexOf('/')));
              }
              try {
                return method.invoke(tear ? faulty : store, args);
              } catch (InvocationTargetException e) {
                if (!tear || !again) {
                  throw e.getCause();
                }
                return method.invoke(store, args);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverIsTornNothingIsCalledGoodThatIsNotAndTheNextRunIsWhole(boolean again)
      throws IOException {
    // As many as a backup makes, and one that none is.
    for (int number = 1; number <= 14; number++) {
      TestStore store = made.reopened();
      String where = "seed " + SEED + " write " + number;
      try {
        sample.backup(open(tearing(store, number, again)));
      } catch (FoldbackException e) {
        assertThat(e.code().code()).as(where).matches("FB-(3|6).*");
        assertThat(e.hint() + e.getMessage()).as(where).isNotBlank();
      }
      assertWhatIsListedIsWhole(open(store), where);

      sample.backup(open(store));

      assertThat(assertWhatIsListedIsWhole(open(store), where)).as(where).isPositive();
      assertThat(store.keys("pending/")).as(where).isEmpty();
    }
    assertThat(torn).containsExactly("claims", "leases", "objects", "pending", "snapshots");
  }

  /** How many snapshots there are. */
  private int assertWhatIsListedIsWhole(Repository repository, String where) throws IOException {
    VerifyReport report =
        repository.verify(new VerifyRequest(Optional.empty(), false, 2), Progress.NONE);
    assertThat(report.snapshots()).as(where).allMatch(VerifyReport.Verdict::good);
    int found = 0;
    for (SnapshotListing.Entry entry : repository.snapshots().entries()) {
      found++;
      try (SnapshotReader reader = repository.open(entry.manifest().id())) {
        for (TableName table : sample.tables.keySet()) {
          try (InputStream in = reader.rows(table).open()) {
            assertThat(in.readAllBytes()).as(where).isEqualTo(sample.bytes(table));
          }
        }
      }
    }
    return found;
  }

  @Test
  void anObjectThatIsThereInPartIsWrittenWhole() throws IOException {
    sample.backup(open(made));
    made.keys("snapshots/").forEach(made.files::remove);
    for (String key : made.keys("objects/")) {
      byte[] bytes = made.bytes(key);
      made.files.put(key, Arrays.copyOf(bytes, bytes.length / 3));
    }
    assertThat(made.putIfAbsent(made.keys("objects/").getFirst(), new byte[1]))
        .isEqualTo(PutOutcome.EXISTS);
    Sample.Result result = sample.backup(open(made));
    assertThat(result.manifest().findings()).isNotEmpty();
    assertThat(assertWhatIsListedIsWhole(open(made), "in part")).isEqualTo(1);
  }
}
