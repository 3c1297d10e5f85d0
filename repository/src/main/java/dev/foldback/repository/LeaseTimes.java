package dev.foldback.repository;

import java.time.Duration;

/**
 * How long a lease lives without being renewed, and how often it is.
 *
 * @param renewEvery well below the time to live, so that a few failures do not lose it
 */
record LeaseTimes(Duration timeToLive, Duration renewEvery) {
  static final LeaseTimes DEFAULT = new LeaseTimes(Duration.ofMinutes(5), Duration.ofMinutes(1));
}
