package dev.foldback.repository;

import dev.foldback.core.store.ObjectStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Asks the store once for each object that would be used again whether it is whole in size. One
 * that a check found damaged, or that a prune is about to delete, counts as absent.
 */
final class Presence implements AutoCloseable {
  private static final int PARALLEL = 4;
  private static final int AHEAD = 4;

  private final ObjectStore store;
  private final Condemned condemned;
  private final ExecutorService pool = StoreThreads.pool("presence", PARALLEL);
  private final Map<String, Future<Boolean>> asked = new ConcurrentHashMap<>();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Suspects suspects;

  Presence(ObjectStore store, Suspects suspects, Condemned condemned) {
    this.store = store;
    this.suspects = suspects;
    this.condemned = condemned;
  }

  /** Whether the frame's object is there; asks ahead for the objects of the frames after it. */
  boolean has(FrameList list, int index) {
    Future<Boolean> answer = ask(list.object(index), list.objectSize(index));
    Set<Integer> ahead = new HashSet<>();
    for (int i = index + 1; i < list.size() && i < index + 64 && ahead.size() < AHEAD; i++) {
      if (ahead.add(list.objectNumber(i))) {
        var _ = ask(list.object(i), list.objectSize(i));
      }
    }
    return StoreThreads.get(answer);
  }

  boolean has(String object, long size) {
    return StoreThreads.get(ask(object, size));
  }

  /** Objects that earlier snapshots need and the store does not have. */
  Set<String> missing() {
    return missing;
  }

  private Future<Boolean> ask(String object, long size) {
    return asked.computeIfAbsent(object, name -> pool.submit(() -> look(name, size)));
  }

  private boolean look(String object, long size) {
    if (suspects.avoid(object) || condemned.has(object)) {
      return false;
    }
    boolean there =
        store.stat(Keys.object(object)).filter(found -> found.size() == size).isPresent();
    if (!there) {
      missing.add(object);
    }
    return there;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
