package dev.foldback.core.prune;

import java.time.Duration;

/**
 * How to delete.
 *
 * @param grace how long an object that nothing refers to stays in the store, by the store's clock:
 *     longer than any backup or restore that may be under way
 * @param dryRun says everything and changes nothing in the store
 */
public record PruneOptions(Duration grace, boolean dryRun) {
  public static final Duration USUAL_GRACE = Duration.ofHours(24);
}
