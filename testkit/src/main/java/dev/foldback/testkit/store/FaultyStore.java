package dev.foldback.testkit.store;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import dev.foldback.core.store.StoredObject;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A store that fails as real ones do, by a seed. */
public final class FaultyStore implements ObjectStore {
  private final ObjectStore store;
  private final Faults faults;
  private final Random random;
  private final AtomicLong injected = new AtomicLong();

  /**
   * How often what goes wrong, each from 0 to 1.
   *
   * @param before a call fails and nothing was done
   * @param throttled the store asks for patience, nothing was done
   * @param lostAnswer a put or delete is done and its answer lost
   * @param timeout a put is not done, and nobody can tell
   * @param torn half of a put becomes visible, and it fails: no honest store does this
   */
  public record Faults(
      double before, double throttled, double lostAnswer, double timeout, double torn) {
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0);
    public static final Faults COMMON = new Faults(0.05, 0.05, 0.05, 0.05, 0);
  }

  public FaultyStore(ObjectStore store, Faults faults, long seed) {
    this.store = store;
    this.faults = faults;
    this.random = new Random(seed);
  }

  /** How many faults there were. */
  public long injected() {
    return injected.get();
  }

  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    before(key);
    if (hits(faults.timeout)) {
      throw fault(Kind.UNREACHABLE, Effect.UNKNOWN, "timeout", key);
    }
    if (hits(faults.torn)) {
      store.putIfAbsent(key, Arrays.copyOf(bytes, bytes.length / 2));
      throw fault(Kind.DISTURBED, Effect.UNKNOWN, "torn write", key);
    }
    PutOutcome outcome = store.putIfAbsent(key, bytes);
    if (hits(faults.lostAnswer)) {
      throw fault(Kind.DISTURBED, Effect.UNKNOWN, "lost answer", key);
    }
    return outcome;
  }

  @Override
  public byte[] get(String key) {
    before(key);
    return store.get(key);
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    before(key);
    return store.get(key, offset, length);
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    before(prefix);
    boolean[] breaks = {hits(faults.before)};
    store.list(
        prefix,
        object -> {
          each.accept(object);
          if (breaks[0]) {
            throw fault(Kind.DISTURBED, Effect.NONE, "broken listing", prefix);
          }
        });
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    before(key);
    return store.stat(key);
  }

  @Override
  public void delete(String key) {
    before(key);
    store.delete(key);
    if (hits(faults.lostAnswer)) {
      throw fault(Kind.DISTURBED, Effect.UNKNOWN, "lost answer", key);
    }
  }

  private void before(String key) {
    if (hits(faults.before)) {
      throw fault(Kind.UNREACHABLE, Effect.NONE, "failure", key);
    }
    if (hits(faults.throttled)) {
      throw fault(Kind.THROTTLED, Effect.NONE, "throttled", key);
    }
  }

  private boolean hits(double rate) {
    return random.nextDouble() < rate;
  }

  private StoreException fault(Kind kind, Effect effect, String what, String key) {
    injected.incrementAndGet();
    return new StoreException(kind, effect, "Injected " + what + " at " + key, "", null);
  }

  @Override
  public String describe() {
    return "faulty " + store.describe();
  }

  @Override
  public void close() {
    store.close();
  }
}
