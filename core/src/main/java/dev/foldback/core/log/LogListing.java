package dev.foldback.core.log;

import dev.foldback.core.Finding;
import java.util.List;

/**
 * The stored log of a source.
 *
 * @param segments by number
 * @param damaged manifests that can't be read, each an ERROR
 */
public record LogListing(List<SegmentManifest> segments, List<Finding> damaged) {
  public LogListing {
    segments = List.copyOf(segments);
    damaged = List.copyOf(damaged);
  }
}
