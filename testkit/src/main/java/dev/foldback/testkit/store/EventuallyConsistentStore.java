package dev.foldback.testkit.store;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoredObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A store whose listings lag behind by a random number of calls: new objects are missing, deleted
 * ones still show. On demand it also remembers for a while that an object was absent, as caches in
 * front of stores do; that is more than the port allows, and shows who relies on it.
 */
public final class EventuallyConsistentStore implements ObjectStore {
  private final ObjectStore store;
  private final int longestLag;
  private final boolean remembersAbsence;
  private final Random random;

  private long now;
  private final Map<String, Long> shownFrom = new HashMap<>();
  private final Map<String, Long> absentUntil = new HashMap<>();
  private final Map<String, Ghost> ghosts = new HashMap<>();

  private record Ghost(StoredObject object, long until) {}

  /**
   * Wraps a store.
   *
   * @param longestLag in calls to this store
   */
  public EventuallyConsistentStore(
      ObjectStore store, int longestLag, boolean remembersAbsence, long seed) {
    this.store = store;
    this.longestLag = longestLag;
    this.remembersAbsence = remembersAbsence;
    this.random = new Random(seed);
  }

  /** Lets all that was written and deleted show. */
  public synchronized void settle() {
    shownFrom.clear();
    absentUntil.clear();
    ghosts.clear();
  }

  private synchronized long tick() {
    return ++now;
  }

  private synchronized long later() {
    return now + random.nextInt(longestLag + 1);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(store.capabilities().conditionalPut(), false);
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    tick();
    PutOutcome outcome = store.putIfAbsent(key, bytes);
    if (outcome == PutOutcome.WRITTEN) {
      synchronized (this) {
        shownFrom.put(key, later());
        ghosts.remove(key);
      }
    }
    return outcome;
  }

  @Override
  public byte[] get(String key) {
    tick();
    return store.get(key);
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    tick();
    return store.get(key, offset, length);
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    long time = tick();
    Map<String, Long> hidden;
    Map<String, Ghost> dead;
    synchronized (this) {
      hidden = new HashMap<>(shownFrom);
      dead = new HashMap<>(ghosts);
    }
    Set<String> shown = new HashSet<>();
    store.list(
        prefix,
        object -> {
          if (hidden.getOrDefault(object.key(), 0L) <= time) {
            shown.add(object.key());
            each.accept(object);
          }
        });
    dead.forEach(
        (key, ghost) -> {
          if (key.startsWith(prefix) && ghost.until() > time && !shown.contains(key)) {
            each.accept(ghost.object());
          }
        });
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    long time = tick();
    synchronized (this) {
      if (absentUntil.getOrDefault(key, 0L) > time) {
        return Optional.empty();
      }
    }
    Optional<StoredObject> found = store.stat(key);
    if (found.isEmpty() && remembersAbsence) {
      synchronized (this) {
        absentUntil.put(key, later());
      }
    }
    return found;
  }

  @Override
  public void delete(String key) {
    tick();
    Optional<StoredObject> before = store.stat(key);
    store.delete(key);
    synchronized (this) {
      before.ifPresent(object -> ghosts.put(key, new Ghost(object, later())));
    }
  }

  @Override
  public String describe() {
    return "eventually consistent " + store.describe();
  }

  @Override
  public void close() {
    store.close();
  }
}
