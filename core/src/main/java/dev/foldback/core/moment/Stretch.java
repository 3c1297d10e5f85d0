package dev.foldback.core.moment;

import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.repository.SnapshotManifest;
import java.util.List;

/**
 * A snapshot and the log after it.
 *
 * @param segments an unbroken run from the snapshot's position on; empty for the snapshot alone
 */
record Stretch(SnapshotManifest snapshot, List<SegmentManifest> segments) {
  Stretch {
    segments = List.copyOf(segments);
  }
}
