package dev.foldback.core.restore;

import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.moment.Moment;
import dev.foldback.core.moment.MomentSummary;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotReader;
import java.util.Optional;

/**
 * What a restore will do, before it does anything. Holds what it read open, and, where statements
 * of a log are followed, copies on the target: to be closed, whether it is run or not.
 *
 * @param contents what will be restored
 * @param rows that will be loaded; those that the log adds or takes away are not known yet
 * @param rowBytes of them, before compression
 */
public record RestorePlan(
    RestoreOptions options, SnapshotReader contents, LoadPlan load, long rows, long rowBytes)
    implements AutoCloseable {

  /** The snapshot that is restored, or that the log is folded into. */
  public SnapshotManifest snapshot() {
    return contents.manifest();
  }

  /** How the moment is reached; empty for a snapshot alone. */
  public Optional<MomentSummary> moment() {
    return contents instanceof Moment moment ? Optional.of(moment.summary()) : Optional.empty();
  }

  @Override
  public void close() {
    contents.close();
  }
}
