package dev.foldback.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every store must do. A store's test extends this class and says how to open it; what a store
 * can't promise is read from its capabilities.
 */
public abstract class ObjectStoreContract {
  private static final int MIB = 1 << 20;

  private final String place = "place-" + UUID.randomUUID();
  private ObjectStore store;

  /** Opens the store at a place of its own; the same name means the same objects. */
  protected abstract ObjectStore open(String name) throws Exception;

  /** A secret that the store was opened with; empty where there is none. */
  protected String secret() {
    return "";
  }

  @BeforeEach
  final void openStore() throws Exception {
    store = open(place);
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  @Test
  void aWrittenObjectIsReadBackToTheByte() {
    byte[] bytes = random(100_001, 1);

    assertThat(store.putIfAbsent("objects/ab/abcd", bytes)).isEqualTo(PutOutcome.WRITTEN);

    assertThat(store.get("objects/ab/abcd")).isEqualTo(bytes);
  }

  @Test
  void aSecondHandleSeesWhatTheFirstWrote() throws Exception {
    store.putIfAbsent("repository.json", ascii("{}"));

    try (ObjectStore other = open(place)) {
      assertThat(other.get("repository.json")).isEqualTo(ascii("{}"));
      assertThat(other.putIfAbsent("repository.json", ascii("[]"))).isEqualTo(PutOutcome.EXISTS);
    }
  }

  @Test
  void aTakenKeyStaysAsItIs() {
    store.putIfAbsent("leases/shop/1.json", ascii("first"));

    assertThat(store.putIfAbsent("leases/shop/1.json", ascii("second, and longer")))
        .isEqualTo(PutOutcome.EXISTS);

    assertThat(store.get("leases/shop/1.json")).isEqualTo(ascii("first"));
  }

  @Test
  void anEmptyObjectIsAnObject() {
    assertThat(store.putIfAbsent("a/empty", new byte[0])).isEqualTo(PutOutcome.WRITTEN);

    assertThat(store.putIfAbsent("a/empty", ascii("x"))).isEqualTo(PutOutcome.EXISTS);
    assertThat(store.get("a/empty")).isEmpty();
    assertThat(store.stat("a/empty").map(StoredObject::size)).contains(0L);
  }

  @Test
  void aRangeIsReadAndEndsWhereTheObjectEnds() {
    byte[] bytes = random(1000, 2);
    store.putIfAbsent("a/ranged", bytes);

    assertThat(store.get("a/ranged", 10, 20)).isEqualTo(slice(bytes, 10, 30));
    assertThat(store.get("a/ranged", 0, 1000)).isEqualTo(bytes);
    assertThat(store.get("a/ranged", 990, 50)).isEqualTo(slice(bytes, 990, 1000));
    assertThat(store.get("a/ranged", 0, Integer.MAX_VALUE)).isEqualTo(bytes);
    assertThat(store.get("a/ranged", 1000, 10)).isEmpty();
    assertThat(store.get("a/ranged", 5_000_000_000L, 10)).isEmpty();
    assertThat(store.get("a/ranged", 10, 0)).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    store.putIfAbsent("a/b/c", ascii("x"));

    for (String absent : List.of("nothing", "a/nothing", "a/b", "a", "x/y/z")) {
      assertKind(() -> store.get(absent), StoreException.Kind.NOT_FOUND);
      assertKind(() -> store.get(absent, 0, 10), StoreException.Kind.NOT_FOUND);
      assertKind(() -> store.get(absent, 0, 0), StoreException.Kind.NOT_FOUND);
      assertThat(store.stat(absent)).isEmpty();
    }
  }

  @Test
  void statTellsSizeAndTime() {
    Instant before = Instant.now();
    store.putIfAbsent("a/sized", new byte[12345]);

    StoredObject object = store.stat("a/sized").orElseThrow();

    assertThat(object.key()).isEqualTo("a/sized");
    assertThat(object.size()).isEqualTo(12345);
    if (!object.modified().equals(Instant.EPOCH)) {
      assertThat(object.modified())
          .isBetween(before.minus(Duration.ofMinutes(2)), before.plus(Duration.ofMinutes(2)));
    }
  }

  @Test
  void aListingHoldsAllBelowItsPrefixAndNothingElse() {
    Map<String, Long> written = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      String key = "objects/" + "%02x".formatted(i % 12) + "/" + "%060d".formatted(i);
      store.putIfAbsent(key, new byte[i]);
      written.put(key, (long) i);
    }
    store.putIfAbsent("objects-not.json", ascii("x"));
    store.putIfAbsent("snapshots/shop/1.json", ascii("x"));
    store.putIfAbsent("snapshots/shop2/1.json", ascii("x"));

    assertThat(sizes("objects/")).isEqualTo(written);
    assertThat(sizes("snapshots/shop/").keySet()).containsExactly("snapshots/shop/1.json");
    assertThat(sizes("")).hasSize(63).containsEntry("objects-not.json", 1L);
    assertThat(sizes("nothing/here/")).isEmpty();
  }

  @Test
  void anEmptyStoreListsNothing() {
    assertThat(sizes("")).isEmpty();
  }

  @Test
  void deletedIsGoneAndDeletingTwiceIsFine() {
    store.putIfAbsent("pending/shop/1.json", ascii("x"));

    store.delete("pending/shop/1.json");
    store.delete("pending/shop/1.json");
    store.delete("never/was/there");

    assertThat(store.stat("pending/shop/1.json")).isEmpty();
    assertThat(sizes("pending/")).isEmpty();
    assertThat(store.putIfAbsent("pending/shop/1.json", ascii("y"))).isEqualTo(PutOutcome.WRITTEN);
    assertThat(store.get("pending/shop/1.json")).isEqualTo(ascii("y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "../up",
        "a/../../up",
        "a/./b",
        "a//b",
        "a/",
        ".hidden",
        "a/.tmp-1",
        "a\\b",
        "a b",
        "a\nb",
        "a\0b",
        "ä",
        "a?x=1",
        "a%2e%2e",
        "C:x",
        "~/x"
      })
  void aKeyThatCouldLeaveTheStoreIsRefusedByEveryMethod(String key) {
    StoreException.Kind refused = StoreException.Kind.UNSUPPORTED;
    assertKind(() -> store.putIfAbsent(key, ascii("x")), refused);
    assertKind(() -> store.get(key), refused);
    assertKind(() -> store.get(key, 0, 1), refused);
    assertKind(() -> store.stat(key), refused);
    assertKind(() -> store.delete(key), refused);
    if (!key.isEmpty()) {
      assertKind(() -> store.list(key + "/", _ -> {}), refused);
    }
  }

  @Test
  void aPrefixEndsWithASlashAndARangeIsNotNegative() {
    store.putIfAbsent("a/b", ascii("x"));

    assertKind(() -> store.list("a", _ -> {}), StoreException.Kind.UNSUPPORTED);
    assertKind(() -> store.get("a/b", -1, 1), StoreException.Kind.UNSUPPORTED);
    assertKind(() -> store.get("a/b", 0, -1), StoreException.Kind.UNSUPPORTED);
  }

  @Test
  void oneOfManyWritersWinsAndItsBytesStay() throws Exception {
    int writers = 6;
    for (int round = 0; round < 8; round++) {
      String key = "leases/shop/" + round + ".json";
      List<PutOutcome> outcomes =
          atOnce(writers, i -> store.putIfAbsent(key, ascii("writer " + i)));

      long winners = outcomes.stream().filter(o -> o == PutOutcome.WRITTEN).count();
      String kept = new String(store.get(key), StandardCharsets.US_ASCII);
      assertThat(kept).matches("writer [0-5]");
      if (store.capabilities().conditionalPut()) {
        assertThat(winners).isEqualTo(1);
        assertThat(outcomes.get(kept.charAt(7) - '0')).isEqualTo(PutOutcome.WRITTEN);
      } else {
        assertThat(winners).isPositive();
      }
    }
  }

  @Test
  void aReaderSeesAllOfAnObjectOrNothing() throws Exception {
    byte[] bytes = random(2 * MIB, 3);
    for (int round = 0; round < 4; round++) {
      String key = "objects/" + round;
      try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
        Future<PutOutcome> written = writer.submit(() -> store.putIfAbsent(key, bytes));
        while (!written.isDone()) {
          Optional<StoredObject> seen = store.stat(key);
          if (seen.isPresent()) {
            assertThat(seen.get().size()).isEqualTo(bytes.length);
            assertThat(store.get(key)).isEqualTo(bytes);
          }
        }
        assertThat(written.get()).isEqualTo(PutOutcome.WRITTEN);
      }
      assertThat(store.get(key)).isEqualTo(bytes);
    }
  }

  @Test
  void largeObjectsAreWrittenInParallel() throws Exception {
    byte[] bytes = random(16 * MIB, 4);

    List<PutOutcome> outcomes = atOnce(8, i -> store.putIfAbsent("objects/large" + i, bytes));

    assertThat(outcomes).containsOnly(PutOutcome.WRITTEN);
    assertThat(store.get("objects/large7")).isEqualTo(bytes);
    assertThat(store.get("objects/large0", 15 * MIB, MIB))
        .isEqualTo(slice(bytes, 15 * MIB, 16 * MIB));
    // Stores in memory live as long as the tests.
    for (int i = 0; i < 8; i++) {
      store.delete("objects/large" + i);
    }
  }

  @Test
  void theDescriptionHoldsNoSecret() {
    assertThat(store.describe()).isNotBlank();
    if (!secret().isEmpty()) {
      assertThat(store.describe()).doesNotContain(secret());
    }
  }

  private interface Numbered<T> {
    T call(int number);
  }

  private static <T> List<T> atOnce(int threads, Numbered<T> action) throws Exception {
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      calls.add(() -> action.call(number));
    }
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Future<T> result : executor.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private Map<String, Long> sizes(String prefix) {
    Map<String, Long> sizes = new HashMap<>();
    store.list(
        prefix,
        object -> assertThat(sizes.put(object.key(), object.size())).as(object.key()).isNull());
    return sizes;
  }

  private static void assertKind(ThrowingCallable call, StoreException.Kind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
