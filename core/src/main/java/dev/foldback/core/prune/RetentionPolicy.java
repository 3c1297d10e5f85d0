package dev.foldback.core.prune;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.time.Duration;
import java.util.Optional;

/**
 * How much of each source's history to keep. Every rule adds to what is kept, none takes away.
 *
 * @param last that many of the newest snapshots
 * @param daily the newest snapshot of each of the last so many UTC days that have one
 * @param weekly the same by ISO week
 * @param monthly the same by UTC month
 * @param yearly the same by UTC year
 * @param log how far back every moment stays within reach; empty keeps all log that follows a kept
 *     snapshot
 */
public record RetentionPolicy(
    int last, int daily, int weekly, int monthly, int yearly, Optional<Duration> log) {
  private static final String OPTIONS =
      "--keep-last, --keep-daily, --keep-weekly, --keep-monthly, --keep-yearly or --keep-log";

  /** Fails with {@code USAGE} where a number is negative or nothing is asked to be kept. */
  public RetentionPolicy {
    if (last < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
      throw usage("a number of snapshots to keep can't be negative");
    }
    if (log.filter(Duration::isNegative).isPresent()) {
      throw usage("the time to keep the log can't be negative");
    }
    if (last + (long) daily + weekly + monthly + yearly == 0 && log.isEmpty()) {
      throw usage("nothing says what to keep; nothing was deleted");
    }
  }

  private static FoldbackException usage(String message) {
    return new FoldbackException(ErrorCode.USAGE, message, "Give at least one of " + OPTIONS + ".");
  }
}
