package dev.foldback.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.store.FaultyStore;
import dev.foldback.testkit.store.FaultyStore.Faults;
import dev.foldback.testkit.store.ObjectStoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract over a store that fails all the time, and what only retrying has to answer for. */
class RetryingTest extends ObjectStoreContract {
  private final long seed = Seed.next();

  private final FakeTimer timer = new FakeTimer();

  @Override
  protected ObjectStore open(String name) {
    return retrying(new FaultyStore(new MemoryStore(name), Faults.COMMON, seed));
  }

  /** Never gives up: by chance alone, so many faults now and then outlast the usual patience. */
  private Retrying retrying(ObjectStore store) {
    RetryPolicy stubborn = RetryPolicy.patient(Duration.ofDays(1));
    return new Retrying(store, stubborn, timer, new Random(seed + 1));
  }

  @Test
  void thousandsOfFaultyCallsLoseNothingAndClaimNothingWrongly() {
    Random random = new Random(seed);
    MemoryStore truth = new MemoryStore(UUID.randomUUID().toString());
    FaultyStore faulty = new FaultyStore(truth, new Faults(.1, .1, .15, .15, 0), seed);
    ObjectStore store = retrying(faulty);
    Map<String, byte[]> model = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String key = "k/" + random.nextInt(300);
      byte[] bytes = ("run " + i).getBytes(US_ASCII);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          PutOutcome expected = model.containsKey(key) ? PutOutcome.EXISTS : PutOutcome.WRITTEN;
          assertThat(store.putIfAbsent(key, bytes)).as("seed %s", seed).isEqualTo(expected);
          model.putIfAbsent(key, bytes);
        }
        case 2 -> assertThat(store.stat(key).isPresent()).isEqualTo(model.containsKey(key));
        default -> {
          store.delete(key);
          model.remove(key);
        }
      }
    }
    model.forEach((key, bytes) -> assertThat(store.get(key)).as("seed %s", seed).isEqualTo(bytes));
    assertThat(faulty.injected()).isGreaterThan(5_000);
  }

  @Test
  void aTornWriteIsNeverTakenForAWrittenOne() {
    MemoryStore truth = new MemoryStore(UUID.randomUUID().toString());
    ObjectStore store = retrying(new FaultyStore(truth, new Faults(0, 0, .1, .1, .3), seed));
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = ("object " + i).getBytes(US_ASCII);

      PutOutcome outcome = store.putIfAbsent("k/" + i, bytes);

      assertThat(outcome == PutOutcome.WRITTEN)
          .as("seed %s", seed)
          .isEqualTo(Arrays.equals(truth.get("k/" + i), bytes));
    }
  }

  @Test
  void aStoreThatNeverAnsweredIsGivenUpSoonAndOneThatDidLater() {
    MemoryStore truth = new MemoryStore(UUID.randomUUID().toString());
    Faults[] faults = {new Faults(1, 0, 0, 0, 0)};
    Retry retry = new Retry(RetryPolicy.DEFAULT, timer, new Random(seed));

    assertThatThrownBy(() -> new Retrying(new FaultyStore(truth, faults[0], seed), retry).get("a"))
        .isInstanceOf(StoreException.class);
    assertThat(timer.slept()).isLessThanOrEqualTo(RetryPolicy.DEFAULT.greeting());

    new Retrying(truth, retry).putIfAbsent("a", new byte[1]);
    assertThatThrownBy(() -> new Retrying(new FaultyStore(truth, faults[0], seed), retry).get("a"))
        .isInstanceOf(StoreException.class);
    assertThat(timer.slept())
        .isBetween(RetryPolicy.DEFAULT.patience().dividedBy(2), Duration.ofMinutes(3));
  }

  @Test
  void aFailureOfNoKnownKindIsTriedAgainForAShortWhileOnly() {
    Retry retry = new Retry(RetryPolicy.DEFAULT, timer, new Random(seed));
    retry.call(() -> "answered");
    StoreException odd =
        new StoreException(
            StoreException.Kind.FAILED, StoreException.Effect.NONE, "status 418", "", null);

    assertThatThrownBy(
            () ->
                retry.call(
                    () -> {
                      throw odd;
                    }))
        .isSameAs(odd);

    assertThat(timer.slept()).isBetween(Duration.ofMillis(1), RetryPolicy.DEFAULT.greeting());
  }

  private static StoreException throttled(Duration askedPause) {
    return new StoreException(
        StoreException.Kind.THROTTLED,
        StoreException.Effect.NONE,
        "status 503",
        "",
        null,
        askedPause);
  }

  private void failAlways(Retry retry, StoreException failure) {
    assertThatThrownBy(
            () ->
                retry.call(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void aThrottledStoreIsLeftAloneForLongerAndLonger() {
    failAlways(new Retry(RetryPolicy.DEFAULT, timer, new Random(seed)), throttled(Duration.ZERO));

    List<Duration> pauses = timer.pauses();
    assertThat(pauses).as("seed %s", seed).hasSizeBetween(8, 17);
    for (int i = 0; i < pauses.size(); i++) {
      long ceiling = Math.min(20_000, 1_000L << i);
      assertThat(pauses.get(i).toMillis()).as("seed %s", seed).isBetween(ceiling / 2, ceiling);
    }
  }

  @Test
  void aStoreIsLeftAloneForAsLongAsItAsksAndALittleMore() {
    failAlways(
        new Retry(RetryPolicy.DEFAULT, timer, new Random(seed)), throttled(Duration.ofSeconds(30)));

    List<Duration> pauses = timer.pauses();
    assertThat(pauses.subList(0, 3))
        .as("seed %s", seed)
        .allMatch(pause -> pause.toSeconds() >= 30 && pause.toSeconds() <= 34)
        .doesNotHaveDuplicates();
    assertThat(timer.slept()).isEqualTo(RetryPolicy.DEFAULT.patience());
  }

  @Test
  void aStoreThatAsksForMoreThanThereIsPatienceGetsOneLastTryAtItsEnd() {
    failAlways(
        new Retry(RetryPolicy.DEFAULT, timer, new Random(seed)), throttled(Duration.ofHours(1)));

    assertThat(timer.pauses()).containsExactly(RetryPolicy.DEFAULT.patience());
  }

  @Test
  void thatTheStoreAsksToSlowDownIsSaidForAsLongAsACallWaits() {
    List<String> notes = new ArrayList<>();
    failAlways(
        new Retry(RetryPolicy.DEFAULT, timer, new Random(seed), notes::add),
        throttled(Duration.ofHours(1)));

    assertThat(notes).containsExactly("the store asks to slow down: the next try is in 120 s", "");
  }

  @Test
  void whatCannotPassIsNotTriedAgain() {
    ObjectStore store = retrying(new MemoryStore(UUID.randomUUID().toString()));

    assertThatThrownBy(() -> store.get("absent")).isInstanceOf(StoreException.class);

    assertThat(timer.slept()).isZero();
  }

  @Test
  void aPutThatMayHaveHappenedSaysSoWhenItIsGivenUp() {
    MemoryStore truth = new MemoryStore(UUID.randomUUID().toString());
    ObjectStore store = retrying(new FaultyStore(truth, new Faults(0, 0, 0, 1, 0), seed));

    assertThatThrownBy(() -> store.putIfAbsent("a", new byte[1]))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.effect()).isEqualTo(StoreException.Effect.UNKNOWN));
  }

  private static final class FakeTimer implements Timer {
    private long nanos;
    private long slept;
    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public synchronized long nanoTime() {
      return nanos;
    }

    @Override
    public synchronized void sleep(Duration time) {
      nanos += time.toNanos();
      slept += time.toNanos();
      pauses.add(time);
    }

    synchronized List<Duration> pauses() {
      return List.copyOf(pauses);
    }

    synchronized Duration slept() {
      return Duration.ofNanos(slept);
    }
  }
}
