package dev.foldback.storage;

import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Kind;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Calls again what failed in passing: exponential backoff with full jitter until a deadline. Pauses
 * are random from zero, so that many callers that failed together do not come back together. A
 * store that asks to slow down is left alone for as long as it asks, or for a second and twice as
 * long each time, always with a random part on top; where it asks for longer than there is
 * patience, one last try comes at its end.
 */
final class Retry {
  private static final Duration SLOWER = Duration.ofSeconds(1);

  private final RetryPolicy policy;
  private final Timer timer;
  private final RandomGenerator random;
  private final Slowdown slowdown;
  private volatile boolean answered;

  Retry(RetryPolicy policy, Timer timer, RandomGenerator random) {
    this(policy, timer, random, note -> {});
  }

  /**
   * @param notes hears that the store asks to slow down, and an empty text when no call waits for
   *     that any more
   */
  Retry(RetryPolicy policy, Timer timer, RandomGenerator random, Consumer<String> notes) {
    this.policy = policy;
    this.timer = timer;
    this.random = random;
    this.slowdown = new Slowdown(notes);
  }

  <T> T call(Supplier<T> action) {
    Attempts attempts = attempts();
    while (true) {
      try {
        return attempts.succeeded(action.get());
      } catch (StoreException e) {
        attempts.pauseAfter(e);
      }
    }
  }

  /** At least two, since one silent call may take all the patience there is. */
  Attempts attempts() {
    return new Attempts(2);
  }

  /** For what tries its parts again by itself. */
  Attempts outerAttempts() {
    return new Attempts(1);
  }

  /** The attempts of one call. */
  final class Attempts {
    private final long start = timer.nanoTime();
    private Duration ceiling = policy.first();
    private int owed;

    private Attempts(int atLeast) {
      this.owed = atLeast;
    }

    <T> T succeeded(T result) {
      answered = true;
      return result;
    }

    /** Waits before the next attempt, or throws the failure where there must be none. */
    void pauseAfter(StoreException failure) {
      // Whatever it says, a store that says something is there.
      answered |= failure.kind() != Kind.UNREACHABLE && failure.kind() != Kind.FAILED;
      if (!failure.kind().passing()) {
        throw failure;
      }
      Duration asked = failure.askedPause();
      boolean throttled = failure.kind() == Kind.THROTTLED || asked.isPositive();
      Duration spent = Duration.ofNanos(timer.nanoTime() - start);
      boolean worthIt = answered && failure.kind() != Kind.FAILED;
      Duration allowed = worthIt ? policy.patience() : policy.greeting();
      Duration pause = throttled ? slowerPause() : nextPause();
      if (asked.isPositive() && spent.compareTo(allowed) < 0) {
        pause = shorter(asked.plus(pause), allowed.minus(spent));
      }
      owed--;
      if (spent.plus(pause).compareTo(allowed) > 0 && !(worthIt && owed > 0)) {
        throw failure;
      }
      if (throttled) {
        slowdown.begin(pause);
      }
      try {
        timer.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure.addSuppressed(e);
        throw failure;
      } finally {
        if (throttled) {
          slowdown.end();
        }
      }
    }

    /** From half the ceiling up, and never for a moment only. */
    private Duration slowerPause() {
      if (ceiling.compareTo(SLOWER) < 0) {
        ceiling = shorter(SLOWER, policy.longest());
      }
      Duration half = ceiling.dividedBy(2);
      return half.plus(shorter(nextPause(), half));
    }

    private Duration nextPause() {
      Duration pause = Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
      ceiling = shorter(ceiling.multipliedBy(2), policy.longest());
      return pause;
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
