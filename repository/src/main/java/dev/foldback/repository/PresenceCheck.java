package dev.foldback.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoredObject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Compares one listing of all objects with those that snapshots need. */
final class PresenceCheck {
  private final ObjectStore store;
  private final VerifyObjects objects;
  private final Damages damages;
  private final BitSet seen = new BitSet();
  private final AtomicLong strangers = new AtomicLong();
  private final AtomicLong strangeBytes = new AtomicLong();

  PresenceCheck(ObjectStore store, VerifyObjects objects, Damages damages) {
    this.store = store;
    this.objects = objects;
    this.damages = damages;
  }

  void run(VerifyRequest request, SnapshotFiles.Loaded loaded, List<Finding> findings) {
    store.list(Keys.OBJECTS, this::listed);
    askForTheRest(Math.max(1, request.threads()));
    boolean all = request.snapshot().isEmpty() && loaded.damaged().isEmpty();
    if (all && strangers.get() > 0) {
      findings.add(
          Finding.info(
              "UNREFERENCED",
              Keys.OBJECTS,
              strangers.get()
                  + " objects with "
                  + strangeBytes.get()
                  + " bytes belong to no snapshot: a backup under way, or one that did not end"));
    }
  }

  private void listed(StoredObject object) {
    int number = objects.find(object.key().substring(object.key().lastIndexOf('/') + 1));
    if (number < 0) {
      strangers.incrementAndGet();
      strangeBytes.addAndGet(object.size());
    } else if (object.size() == objects.bytes(number)) {
      synchronized (seen) {
        seen.set(number);
      }
    }
  }

  /** A listing may lag: absence from it proves nothing. */
  private void askForTheRest(int threads) {
    ExecutorService pool = StoreThreads.pool("presence", threads);
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = seen.nextClearBit(0); i < objects.size(); i = seen.nextClearBit(i + 1)) {
        int number = i;
        tasks.add(pool.submit(() -> ask(number)));
      }
      tasks.forEach(StoreThreads::get);
    } finally {
      pool.shutdownNow();
    }
  }

  private void ask(int number) {
    String object = objects.name(number);
    Optional<StoredObject> found = store.stat(Keys.object(object));
    if (found.isEmpty()) {
      damages.object(object, Damage.missing(object, "a snapshot"));
    } else if (found.get().size() != objects.bytes(number)) {
      damages.object(
          object,
          Damage.object(
              object, "it has " + found.get().size() + " of " + objects.bytes(number) + " bytes"));
    }
  }
}
