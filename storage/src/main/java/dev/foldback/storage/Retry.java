package dev.foldback.storage;

import dev.foldback.core.store.StoreException;
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
    Attempts attempts = new Attempts();
    while (true) {
      try {
        return attempts.succeeded(action.get());
      } catch (StoreException e) {
        attempts.pauseAfter(e);
      }
    }
  }

  Attempts attempts() {
    return new Attempts();
  }

  /** The attempts of one call. */
  final class Attempts {
    private final long start = timer.nanoTime();
    private Duration ceiling = policy.first();

    <T> T succeeded(T result) {
      answered = true;
      return result;
    }

    /** Waits before the next attempt, or throws the failure where there must be none. */
    void pauseAfter(StoreException failure) {
      if (!failure.kind().passing()) {
        answered = true;
        throw failure;
      }
      Duration pause = nextPause();
      Duration spent = Duration.ofNanos(timer.nanoTime() - start);
      Duration allowed = answered ? policy.patience() : policy.greeting();
      if (spent.plus(pause).compareTo(allowed) > 0) {
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
