package dev.foldback.storage;

import java.time.Duration;

/**
 * How long to try again.
 *
 * @param first the longest first pause; each later one may be twice as long
 * @param longest no pause is longer
 * @param greeting how long to keep trying while the store has not answered once: a wrong address
 *     should show soon
 * @param patience how long to keep trying one call after the store has answered
 */
public record RetryPolicy(Duration first, Duration longest, Duration greeting, Duration patience) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          Duration.ofMillis(200),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5));
}
