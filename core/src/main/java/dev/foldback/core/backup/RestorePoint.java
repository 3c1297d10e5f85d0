package dev.foldback.core.backup;

import dev.foldback.core.capture.CaptureResult;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.repository.SnapshotManifest;
import java.time.Duration;
import java.util.Optional;

/**
 * A new restore point and how it came about. Either a snapshot was taken, or the log after an
 * earlier one was stored.
 */
public sealed interface RestorePoint {
  Way way();

  /** Why this way was gone, as a clause. */
  String reason();

  /** A snapshot was taken. */
  record Taken(Way way, String reason, BackupResult result) implements RestorePoint {}

  /**
   * The log was stored up to now.
   *
   * @param base the snapshot that the log follows
   * @param stored what this run stored; empty where a capture that runs does it
   * @param newest the segment that the stored log ends with
   */
  record Reached(
      String reason,
      SnapshotManifest base,
      Optional<CaptureResult> stored,
      SegmentManifest newest,
      Duration time)
      implements RestorePoint {
    @Override
    public Way way() {
      return Way.LOG;
    }
  }
}
