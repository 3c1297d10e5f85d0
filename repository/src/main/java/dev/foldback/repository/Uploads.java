package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** Stores objects in the background, a bounded number at once. */
final class Uploads implements AutoCloseable {
  private static final int USUAL = 40 << 20;
  private static final int SHARE = 16 << 20;

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

  private void put(String object, byte[] bytes) {
    String key = Keys.object(object);
    try {
      if (store.putIfAbsent(key, bytes) == PutOutcome.WRITTEN) {
        sentBytes.add(bytes.length);
        return;
      }
    } catch (StoreException e) {
      if (e.effect() == StoreException.Effect.NONE || !isThere(key, bytes.length)) {
        throw e;
      }
      sentBytes.add(bytes.length);
      return;
    }
    if (!isThere(key, bytes.length) || (suspects.mustBeRead(object) && !holds(key, bytes))) {
      replace(object, key, bytes);
    }
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
