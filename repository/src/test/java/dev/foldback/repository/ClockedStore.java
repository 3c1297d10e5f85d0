package dev.foldback.repository;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A store in memory with a clock of its own. Each view of it can hide files from listings and hear
 * of every call before it is made.
 */
final class ClockedStore implements ObjectStore {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final TestStore files;
  private final Map<String, Instant> times;
  private final Time time;
  volatile Predicate<String> hidden = key -> false;
  volatile Consumer<String> before = call -> {};
  volatile boolean tellsTime = true;

  /** What all views share. */
  private static final class Time {
    volatile Instant now;

    Time(Instant now) {
      this.now = now;
    }
  }

  ClockedStore() {
    this(new TestStore(), new ConcurrentHashMap<>(), new Time(START));
  }

  private ClockedStore(TestStore files, Map<String, Instant> times, Time time) {
    this.files = files;
    this.times = times;
    this.time = time;
  }

  /** Another process's way to the same files. */
  ClockedStore view() {
    return new ClockedStore(files, times, time);
  }

  /** The same files as they are now, on a store that goes its own way from here. */
  ClockedStore copy() {
    return new ClockedStore(files.reopened(), new ConcurrentHashMap<>(times), new Time(time.now));
  }

  void pass(Duration length) {
    time.now = time.now.plus(length);
  }

  /** The clock of hosts that agree with the store. */
  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return time.now;
      }
    };
  }

  private void hear(String call, String key) {
    before.accept(call + " " + key);
  }

  private StoredObject timed(StoredObject object) {
    Instant written = tellsTime ? times.getOrDefault(object.key(), START) : Instant.EPOCH;
    return new StoredObject(object.key(), object.size(), written);
  }

  @Override
  public Capabilities capabilities() {
    return files.capabilities();
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    hear("put", key);
    PutOutcome outcome = files.putIfAbsent(key, bytes);
    if (outcome == PutOutcome.WRITTEN) {
      times.put(key, time.now);
    }
    return outcome;
  }

  @Override
  public byte[] get(String key) {
    hear("get", key);
    return files.get(key);
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    hear("get", key);
    return files.get(key, offset, length);
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    hear("list", prefix);
    files.list(
        prefix,
        object -> {
          if (!hidden.test(object.key())) {
            each.accept(timed(object));
          }
        });
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    hear("stat", key);
    return files.stat(key).map(this::timed);
  }

  @Override
  public void delete(String key) {
    hear("delete", key);
    files.delete(key);
  }

  @Override
  public String describe() {
    return "memory with a clock";
  }

  @Override
  public void close() {}

  static StoreException failure(StoreException.Kind kind, String message) {
    return new StoreException(kind, StoreException.Effect.NONE, message, "Mend it.", null);
  }
}
