package dev.foldback.core.restore;

import dev.foldback.core.SourceName;
import dev.foldback.core.repository.SnapshotListing;
import java.util.Optional;

/** The source that a person means. */
public final class SourceChoice {
  private SourceChoice() {}

  /** The named one, or the only one that has snapshots. */
  public static SourceName choose(SnapshotListing listing, Optional<SourceName> source) {
    return source.orElseGet(
        () -> SnapshotChoice.choose(listing, source, Optional.empty()).source());
  }
}
