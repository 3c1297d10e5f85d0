package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * What a run that writes must know of prunes. Objects that are condemned when it begins it neither
 * uses again nor stores under their old names. Before its commit it says what it needs in a claim,
 * and only then looks for lists that came meanwhile; a prune says that it begins to delete, and
 * only then looks for claims. So one of the two always sees the other, with no clock.
 */
final class Condemned {
  private static final int PARALLEL = 8;

  private final ObjectStore store;
  private final TreeMap<Long, ObjectSet> lists = new TreeMap<>();

  private Condemned(ObjectStore store) {
    this.store = store;
  }

  static Condemned load(ObjectStore store) {
    Condemned condemned = new Condemned(store);
    // Where one can't be read, the commit looks whether its objects are still there.
    CondemnedFile.numbers(store)
        .forEach(number -> CondemnedFile.readIfWhole(store, number).ifPresent(condemned::learn));
    return condemned;
  }

  private synchronized void learn(CondemnedFile file) {
    ObjectSet names = new ObjectSet();
    file.objects().forEach(names::add);
    lists.put(file.number(), names);
  }

  synchronized boolean isEmpty() {
    return lists.isEmpty();
  }

  synchronized boolean has(String object) {
    return lists.values().stream().anyMatch(names -> names.has(object));
  }

  /**
   * To be called once the claim is written. Fails with {@code OBJECTS_CONDEMNED} where a prune may
   * have deleted, or may be deleting, an object of what is to be committed. What is stored after it
   * knows the new lists too, so that a run may commit again and again.
   *
   * @param used each object of what is to be committed with its size
   */
  synchronized void requireSpared(Map<String, Long> used) {
    TreeSet<Long> numbers = CondemnedFile.numbers(store);
    long before = lists.isEmpty() ? 0 : lists.lastKey();
    long last = numbers.isEmpty() ? 0 : numbers.last();
    // A number that is missing was a list whose deletion is over.
    boolean unseen = numbers.tailSet(before, false).size() < last - before;
    // The highest stays known, so that numbers missing after it show.
    lists.keySet().removeIf(number -> number != before && !numbers.contains(number));
    numbers.removeAll(lists.keySet());
    for (long number : numbers) {
      unseen |= !isRead(number, used);
    }
    if (unseen) {
      requireThere(used);
    }
  }

  /** Whether the list could be read; then nothing in it that is needed is being deleted. */
  private boolean isRead(long number, Map<String, Long> used) {
    Optional<CondemnedFile> file = CondemnedFile.readIfWhole(store, number);
    if (file.isPresent()
        && file.get().hasAny(used.keySet())
        && store.stat(CondemnedFile.deleting(number)).isPresent()) {
      throw condemned();
    }
    file.ifPresent(this::learn);
    return file.isPresent();
  }

  private void requireThere(Map<String, Long> used) {
    ExecutorService pool = StoreThreads.pool("presence", PARALLEL);
    try {
      var tasks =
          used.entrySet().stream()
              .map(each -> pool.submit(() -> isThere(each.getKey(), each.getValue())))
              .toList();
      for (Future<Boolean> task : tasks) {
        if (!StoreThreads.get(task)) {
          throw condemned();
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private boolean isThere(String object, long size) {
    return store.stat(Keys.object(object)).filter(s -> s.size() == size).isPresent();
  }

  private static FoldbackException condemned() {
    return new FoldbackException(
        ErrorCode.OBJECTS_CONDEMNED,
        "a prune deletes objects that this run had found in the store and meant to use again;"
            + " they were not committed, and all that was committed is whole",
        "Run it again: it stores these objects anew.");
  }
}
