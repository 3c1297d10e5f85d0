package dev.foldback.repository;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoredObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A store in memory that can die after some calls, and whose listings can lag. */
final class TestStore implements ObjectStore {
  final ConcurrentSkipListMap<String, byte[]> files = new ConcurrentSkipListMap<>();
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger gets = new AtomicInteger();
  volatile int diesAfter = Integer.MAX_VALUE;
  volatile boolean diesHavingWritten;
  volatile Predicate<String> hidden = key -> false;

  /** The same files, reached by another process. */
  TestStore reopened() {
    TestStore other = new TestStore();
    other.files.putAll(files);
    return other;
  }

  /** Calls on a thread that was told to stop end at once, as those of real stores do. */
  private boolean dead() {
    return calls.incrementAndGet() > diesAfter || Thread.currentThread().isInterrupted();
  }

  private static StoreException died(StoreException.Effect effect) {
    return new StoreException(
        StoreException.Kind.UNREACHABLE, effect, "the store died", "Start it.", null);
  }

  private void live() {
    if (dead()) {
      throw died(StoreException.Effect.NONE);
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true);
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    if (dead()) {
      if (diesHavingWritten && calls.get() == diesAfter + 1) {
        files.putIfAbsent(key, bytes.clone());
        throw died(StoreException.Effect.UNKNOWN);
      }
      throw died(StoreException.Effect.NONE);
    }
    return files.putIfAbsent(key, bytes.clone()) == null ? PutOutcome.WRITTEN : PutOutcome.EXISTS;
  }

  @Override
  public byte[] get(String key) {
    live();
    gets.incrementAndGet();
    byte[] bytes = files.get(key);
    if (bytes == null) {
      throw new StoreException(
          StoreException.Kind.NOT_FOUND, StoreException.Effect.NONE, "no " + key, "", null);
    }
    return bytes.clone();
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    byte[] all = get(key);
    int from = (int) Math.min(all.length, offset);
    return Arrays.copyOfRange(all, from, (int) Math.min(all.length, (long) from + length));
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    live();
    for (String key : List.copyOf(files.keySet())) {
      byte[] bytes = files.get(key);
      if (key.startsWith(prefix) && bytes != null && !hidden.test(key)) {
        each.accept(new StoredObject(key, bytes.length, Instant.EPOCH));
      }
    }
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    live();
    return Optional.ofNullable(files.get(key))
        .map(bytes -> new StoredObject(key, bytes.length, Instant.EPOCH));
  }

  @Override
  public void delete(String key) {
    live();
    files.remove(key);
  }

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public void close() {}

  /** The keys below a prefix. */
  List<String> keys(String prefix) {
    return files.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  byte[] bytes(String key) {
    return Objects.requireNonNull(files.get(key), key);
  }

  void flip(String key, int at) {
    byte[] bytes = bytes(key).clone();
    bytes[at] ^= 0x10;
    files.put(key, bytes);
  }
}
