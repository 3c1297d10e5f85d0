package dev.foldback.core.log;

import dev.foldback.core.Finding;
import java.util.List;

/**
 * The stored log of a source.
 *
 * @param segments by number
 * @param damaged manifests that can't be read, each an ERROR
 * @param begins number of the first segment that no prune dropped; 1 where none ever did
 */
public record LogListing(List<SegmentManifest> segments, List<Finding> damaged, long begins) {
  /** A log that was never pruned. */
  public LogListing(List<SegmentManifest> segments, List<Finding> damaged) {
    this(segments, damaged, 1);
  }

  public LogListing {
    segments = List.copyOf(segments);
    damaged = List.copyOf(damaged);
  }
}
