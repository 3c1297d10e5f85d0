package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoredObject;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** Stores objects in the background, a bounded number at once. */
final class Uploads implements AutoCloseable {
  private static final int USUAL = 40 << 20;
  private static final int SHARE = 16 << 20;
  private static final int ATTEMPTS = 3;

  private final ObjectStore store;
  private final ExecutorService pool;
  private final int parallel;
  private final Semaphore inFlight;
  private final Suspects suspects;
  final LongAdder sentBytes = new LongAdder();

  Uploads(ObjectStore store, int parallel, Suspects suspects) {
    this.store = store;
    this.suspects = suspects;
    this.parallel = parallel;
    this.pool = StoreThreads.pool("upload", parallel);
    // Fair, so that an object that needs much room gets it some time.
    this.inFlight = new Semaphore(parallel, true);
  }

  /**
   * Waits for room; to be called before the bytes are made, so that they are bounded too. An object
   * far above the usual size, which one huge row makes, takes the room of several.
   *
   * @return the room taken
   */
  int reserve(int bytes) {
    int room = bytes <= USUAL ? 1 : Math.min(parallel, Math.ceilDiv(bytes, SHARE));
    try {
      inFlight.acquire(room);
      return room;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED, "stopped while waiting for the store", "Run it again.", e);
    }
  }

  void release(int room) {
    inFlight.release(room);
  }

  /** Stores an object within room that was reserved, then runs what follows. */
  Future<?> submit(String object, byte[] bytes, int room, Runnable then) {
    return pool.submit(
        () -> {
          try {
            put(object, bytes);
            then.run();
          } finally {
            inFlight.release(room);
          }
        });
  }

  /** What a prune deletes between the put and the look is put again. */
  private void put(String object, byte[] bytes) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      if (isPut(object, bytes)) {
        return;
      }
    }
    if (!isPut(object, bytes)) {
      throw new FoldbackException(
          ErrorCode.OBJECT_MISSING,
          "the store says that it has object "
              + object
              + " when it is to be stored, and then has it not; nothing was committed",
          "See who else deletes from the store, and run again.");
    }
  }

  /** Whether the object is there now; it is not where it was there and went meanwhile. */
  private boolean isPut(String object, byte[] bytes) {
    String key = Keys.object(object);
    try {
      if (store.putIfAbsent(key, bytes) == PutOutcome.WRITTEN) {
        sentBytes.add(bytes.length);
        return true;
      }
    } catch (StoreException e) {
      if (e.effect() == StoreException.Effect.NONE || !isThere(key, bytes.length)) {
        throw e;
      }
      sentBytes.add(bytes.length);
      return true;
    }
    Optional<StoredObject> found = store.stat(key);
    if (found.isEmpty()) {
      return false;
    }
    if (found.get().size() != bytes.length || (suspects.mustBeRead(object) && !holds(key, bytes))) {
      replace(object, key, bytes);
    }
    return true;
  }

  /** The name is the hash of the bytes, so whatever else stands under it is damage. */
  private void replace(String object, String key, byte[] bytes) {
    store.delete(key);
    if (store.putIfAbsent(key, bytes) == PutOutcome.EXISTS && !holds(key, bytes)) {
      throw new FoldbackException(
          ErrorCode.OBJECT_DAMAGED,
          "object "
              + object
              + " is in the store already, but not with its bytes, and stays so; nothing was"
              + " committed",
          "See who else writes to the store, remove " + key + " from it and run again.");
    }
    suspects.replaced(object);
    sentBytes.add(bytes.length);
  }

  private boolean isThere(String key, long size) {
    return store.stat(key).filter(s -> s.size() == size).isPresent();
  }

  private boolean holds(String key, byte[] bytes) {
    try {
      // One byte more, so that a longer one shows.
      return Arrays.equals(store.get(key, 0, bytes.length + 1), bytes);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
