package dev.foldback.repository;

import dev.foldback.core.progress.Progress;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Deletes objects that nothing refers to, in two steps that runs which write can see: first they
 * are listed as condemned, then, when that list is old enough, it is marked as being carried out,
 * what is referred to is found once more, and the rest is deleted. See docs/format.md, "Prune".
 */
final class Sweep {
  private static final int PARALLEL = 8;
  private static final int MOST = 25 * CondemnedFile.MAX_OBJECTS;

  /** No listing lags longer; where listings don't lag, there is nothing to wait for. */
  private static final Duration LAG = Duration.ofHours(1);

  /** How long runs can still read a list whose objects are gone. */
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final ObjectStore store;
  private final Marks marks;
  private final Lease lease;
  private final Duration grace;
  private final StoreClock clock;
  private final Map<Long, CondemnedFile> lists = new TreeMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private long unreferenced;
  private long unreferencedBytes;
  private long deleted;
  private long deletedBytes;
  private boolean clockKnown = true;

  Sweep(ObjectStore store, Marks marks, Lease lease, Duration grace) {
    this.store = store;
    this.marks = marks;
    this.lease = lease;
    this.grace = grace;
    this.clock = new StoreClock(store);
  }

  /** Objects that are gone, and those that wait for a later run. */
  record Outcome(
      long deleted, long deletedBytes, long waiting, long waitingBytes, boolean clockKnown) {}

  Outcome run(Progress progress) {
    clock.now().ifPresentOrElse(now -> sweep(now, progress), () -> clockKnown = false);
    return new Outcome(
        deleted,
        deletedBytes,
        Math.max(0, unreferenced - deleted),
        Math.max(0, unreferencedBytes - deletedBytes),
        clockKnown);
  }

  private void sweep(Instant now, Progress progress) {
    new Leftovers(store, marks).clear(now);
    read(now);
    ObjectSet marked = marks.of(Set.of(), Set.of());
    List<String> loose = loose(marked, now);
    lease.check();
    condemn(loose);
    carryOut(progress);
  }

  /** The lists that are to be carried out; those that were are removed after a while. */
  private void read(Instant now) {
    var numbers = CondemnedFile.numbers(store);
    for (long number : numbers) {
      Optional<StoredObject> done = store.stat(CondemnedFile.done(number));
      boolean over = done.isPresent() || store.stat(CondemnedFile.key(number)).isEmpty();
      if (!over) {
        // A damaged list is carried out by nobody.
        CondemnedFile.readIfWhole(store, number).ifPresent(file -> lists.put(number, file));
      } else if (number != numbers.last()
          && StoreClock.isOld(done.flatMap(StoreClock::time), REMEMBERED, now)) {
        store.delete(CondemnedFile.key(number));
        store.delete(CondemnedFile.deleting(number));
        store.delete(CondemnedFile.done(number));
      }
    }
  }

  private List<String> loose(ObjectSet marked, Instant now) {
    ObjectSet condemned = new ObjectSet();
    lists.values().forEach(list -> list.objects().forEach(condemned::add));
    List<String> loose = new ArrayList<>();
    store.list(
        Keys.OBJECTS,
        each -> {
          String name = each.key().substring(each.key().lastIndexOf('/') + 1);
          if (!Hash.isHex(name) || !each.key().equals(Keys.object(name)) || marked.has(name)) {
            return;
          }
          synchronized (loose) {
            unreferenced++;
            unreferencedBytes += each.size();
            if (condemned.has(name)) {
              sizes.put(name, each.size());
            } else if (StoreClock.isOld(StoreClock.time(each), grace, now) && loose.size() < MOST) {
              sizes.put(name, each.size());
              loose.add(name);
            }
          }
        });
    return loose;
  }

  private void condemn(List<String> loose) {
    var numbers = CondemnedFile.numbers(store);
    long number = numbers.isEmpty() ? 0 : numbers.last();
    for (int from = 0; from < loose.size(); from += CondemnedFile.MAX_OBJECTS) {
      int to = Math.min(loose.size(), from + CondemnedFile.MAX_OBJECTS);
      CondemnedFile file;
      do {
        number++;
        file = new CondemnedFile(number, loose.subList(from, to));
      } while (store.putIfAbsent(CondemnedFile.key(number), file.bytes()) == PutOutcome.EXISTS);
      lists.put(number, file);
    }
  }

  private void carryOut(Progress progress) {
    Instant now = clock.now().orElse(Instant.EPOCH);
    List<CondemnedFile> ready = new ArrayList<>();
    for (CondemnedFile list : lists.values()) {
      if (StoreClock.isOld(clock.written(CondemnedFile.key(list.number())), grace, now)) {
        String mark = CondemnedFile.deleting(list.number());
        var _ = store.putIfAbsent(mark, CondemnedFile.mark(list.number()));
        if (store.capabilities().consistentList()
            || StoreClock.isOld(clock.written(mark), LAG, now)) {
          ready.add(list);
        }
      }
    }
    if (!ready.isEmpty()) {
      // What was claimed before the marks shows now; who claims later sees the marks.
      ObjectSet marked = marks.of(Set.of(), Set.of());
      progress.phase("delete", 0, ready.stream().mapToLong(this::bytes).sum());
      ready.forEach(list -> delete(list, marked, progress));
    }
  }

  private long bytes(CondemnedFile list) {
    return list.objects().stream().mapToLong(name -> sizes.getOrDefault(name, 0L)).sum();
  }

  private void delete(CondemnedFile list, ObjectSet marked, Progress progress) {
    lease.check();
    ExecutorService pool = StoreThreads.pool("delete", PARALLEL);
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (String name : list.objects()) {
        if (!marked.has(name)) {
          tasks.add(pool.submit(() -> delete(name, progress)));
        }
      }
      tasks.forEach(StoreThreads::get);
    } finally {
      pool.shutdownNow();
    }
    var _ = store.putIfAbsent(CondemnedFile.done(list.number()), CondemnedFile.mark(list.number()));
  }

  private void delete(String name, Progress progress) {
    lease.requireNotLost();
    store.delete(Keys.object(name));
    Long size = sizes.get(name);
    if (size != null) {
      synchronized (this) {
        deleted++;
        deletedBytes += size;
      }
      progress.advance(0, size);
    }
  }
}
