package dev.foldback.storage;

import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Kind;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Calls again what failed in passing: exponential backoff with full jitter until a deadline. Pauses
 * are random from zero, so that many callers that failed together do not come back together.
 */
final class Retry {
  private final RetryPolicy policy;
  private final Timer timer;
  private final RandomGenerator random;
  private volatile boolean answered;

  Retry(RetryPolicy policy, Timer timer, RandomGenerator random) {
    this.policy = policy;
    this.timer = timer;
    this.random = random;
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
      Duration pause = nextPause();
      Duration spent = Duration.ofNanos(timer.nanoTime() - start);
      boolean worthIt = answered && failure.kind() != Kind.FAILED;
      Duration allowed = worthIt ? policy.patience() : policy.greeting();
      owed--;
      if (spent.plus(pause).compareTo(allowed) > 0 && !(worthIt && owed > 0)) {
        throw failure;
      }
      try {
        timer.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure.addSuppressed(e);
        throw failure;
      }
    }

    private Duration nextPause() {
      Duration pause = Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
      Duration doubled = ceiling.multipliedBy(2);
      ceiling = doubled.compareTo(policy.longest()) < 0 ? doubled : policy.longest();
      return pause;
    }
  }
}
