package dev.foldback.storage;

import java.time.Duration;

/**
 * How long to try again. Failures that are known to pass are worth waiting for: throttling, status
 * 500, a lost connection. Of all others, few pass, and whoever waits wants to know soon.
 *
 * @param first the longest first pause; each later one may be twice as long
 * @param longest no pause is longer
 * @param greeting how long to keep trying while the store has not answered once, since a wrong
 *     address should show soon, and after a failure of no known kind
 * @param patience how long to keep trying one call after the store has answered
 */
public record RetryPolicy(Duration first, Duration longest, Duration greeting, Duration patience) {
  public static final RetryPolicy DEFAULT = patient(Duration.ofMinutes(2));

  /** The usual policy with another patience. */
  static RetryPolicy patient(Duration patience) {
    Duration greeting = Duration.ofSeconds(10);
    return new RetryPolicy(
        Duration.ofMillis(200),
        Duration.ofSeconds(20),
        greeting.compareTo(patience) < 0 ? greeting : patience,
        patience);
  }
}
