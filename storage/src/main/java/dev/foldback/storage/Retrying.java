package dev.foldback.storage;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import dev.foldback.core.store.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tries again what failed in passing. A put whose outcome was unknown is tried again too; where the
 * key is then taken, the object is read back, and the caller's own bytes count as written. A put
 * that fails in the end says that its effect is unknown if that was so for any attempt.
 */
public final class Retrying implements ObjectStore {
  /** So many objects of a listing are held back, so that it can start over unseen. */
  private static final int HELD_BACK = 10_000;

  private final ObjectStore store;
  private final Retry retry;

  public Retrying(ObjectStore store, RetryPolicy policy, Timer timer, RandomGenerator random) {
    this(store, new Retry(policy, timer, random));
  }

  Retrying(ObjectStore store, Retry retry) {
    this.store = store;
    this.retry = retry;
  }

  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    Retry.Attempts attempts = retry.attempts();
    boolean doubtful = false;
    while (true) {
      try {
        PutOutcome outcome = store.putIfAbsent(key, bytes);
        if (outcome == PutOutcome.EXISTS && doubtful) {
          outcome =
              Arrays.equals(store.get(key, 0, bytes.length + 1), bytes)
                  ? PutOutcome.WRITTEN
                  : PutOutcome.EXISTS;
        }
        return attempts.succeeded(outcome);
      } catch (StoreException e) {
        if (doubtful && e.kind() == Kind.NOT_FOUND) {
          // Taken, then gone: whoever had the key gave it back. Put again.
          e = inDoubt(Kind.FAILED, e);
        }
        doubtful |= e.effect() == Effect.UNKNOWN;
        attempts.pauseAfter(doubtful ? inDoubt(e.kind(), e) : e);
      }
    }
  }

  private static StoreException inDoubt(Kind kind, StoreException e) {
    return kind == e.kind() && e.effect() == Effect.UNKNOWN
        ? e
        : new StoreException(
            kind, Effect.UNKNOWN, String.valueOf(e.getMessage()), e.hint(), e, e.askedPause());
  }

  @Override
  public byte[] get(String key) {
    return retry.call(() -> store.get(key));
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    return retry.call(() -> store.get(key, offset, length));
  }

  /**
   * Starts over after a failure as long as nothing was handed out: the first ten thousand objects
   * are held back for that. A failure later than that is the caller's.
   */
  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    Retry.Attempts attempts = retry.outerAttempts();
    while (true) {
      Held held = new Held(each);
      try {
        store.list(prefix, held);
        held.release();
        attempts.succeeded(held);
        return;
      } catch (StoreException e) {
        if (held.released) {
          throw e;
        }
        attempts.pauseAfter(e);
      }
    }
  }

  private static final class Held implements Consumer<StoredObject> {
    private final Consumer<StoredObject> each;
    private final List<StoredObject> objects = new ArrayList<>();
    private boolean released;

    Held(Consumer<StoredObject> each) {
      this.each = each;
    }

    @Override
    public void accept(StoredObject object) {
      if (released) {
        each.accept(object);
        return;
      }
      objects.add(object);
      if (objects.size() == HELD_BACK) {
        release();
      }
    }

    void release() {
      released = true;
      objects.forEach(each);
      objects.clear();
    }
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    return retry.call(() -> store.stat(key));
  }

  @Override
  public void delete(String key) {
    retry.call(
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
