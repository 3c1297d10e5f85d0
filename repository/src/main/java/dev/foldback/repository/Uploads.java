package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoredObject;
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
  final LongAdder sentBytes = new LongAdder();

  Uploads(ObjectStore store, int parallel) {
    this.store = store;
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
      throw damaged(object, bytes.length);
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
    if (found.isPresent() && found.get().size() != bytes.length) {
      throw damaged(object, bytes.length);
    }
    return found.isPresent();
  }

  private static FoldbackException damaged(String object, int bytes) {
    return new FoldbackException(
        ErrorCode.OBJECT_DAMAGED,
        "object "
            + object
            + " is in the store already, but not with its "
            + bytes
            + " bytes; snapshots that need it can't be restored in full",
        "Run 'foldback verify', then remove "
            + Keys.object(object)
            + " from the store: the next backup writes it anew.");
  }

  private boolean isThere(String key, long size) {
    return store.stat(key).filter(s -> s.size() == size).isPresent();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
