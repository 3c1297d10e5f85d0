package dev.foldback.storage;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import dev.foldback.core.store.StoredObject;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * At most so many calls at once; others wait their turn. Listings are not counted, because their
 * callback may call the store.
 */
final class Bounded implements ObjectStore {
  private final ObjectStore store;
  private final Semaphore turns;

  Bounded(ObjectStore store, int atOnce) {
    this.store = store;
    this.turns = new Semaphore(atOnce, true);
  }

  private <T> T inTurn(Supplier<T> action) {
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Kind.FAILED,
          Effect.NONE,
          "Stopped while waiting for a turn at " + describe(),
          "Run the command again; what arrived is kept.",
          e);
    }
    try {
      return action.get();
    } finally {
      turns.release();
    }
  }

  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    return inTurn(() -> store.putIfAbsent(key, bytes));
  }

  @Override
  public byte[] get(String key) {
    return inTurn(() -> store.get(key));
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    return inTurn(() -> store.get(key, offset, length));
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    store.list(prefix, each);
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    return inTurn(() -> store.stat(key));
  }

  @Override
  public void delete(String key) {
    inTurn(
        () -> {
          store.delete(key);
          return key;
        });
  }

  @Override
  public String describe() {
    return store.describe();
  }

  @Override
  public void close() {
    store.close();
  }
}
