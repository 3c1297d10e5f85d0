package dev.foldback.core.restore;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import java.util.List;
import java.util.Optional;

/** Picks the snapshot that a person means. */
public final class SnapshotChoice {
  private SnapshotChoice() {}

  /**
   * The named snapshot, or the newest of the source; the source may be left out where there is only
   * one.
   */
  public static SnapshotManifest choose(
      SnapshotListing listing, Optional<SourceName> source, Optional<SnapshotId> id) {
    List<SnapshotManifest> all =
        listing.entries().stream()
            .map(SnapshotListing.Entry::manifest)
            .filter(m -> source.isEmpty() || m.source().equals(source.get()))
            .filter(m -> id.isEmpty() || m.id().equals(id.get()))
            .toList();
    if (all.isEmpty()) {
      throw missing(listing, source, id);
    }
    List<String> sources = all.stream().map(m -> m.source().value()).distinct().toList();
    if (sources.size() > 1) {
      throw new FoldbackException(
          ErrorCode.UNKNOWN_SOURCE,
          "the repository holds several sources: " + String.join(", ", sources),
          "Name the one you mean.");
    }
    return all.getLast();
  }

  private static FoldbackException missing(
      SnapshotListing listing, Optional<SourceName> source, Optional<SnapshotId> id) {
    List<String> sources =
        listing.entries().stream().map(e -> e.manifest().source().value()).distinct().toList();
    if (source.isPresent() && !sources.contains(source.get().value())) {
      return new FoldbackException(
          ErrorCode.UNKNOWN_SOURCE,
          "the repository holds no snapshot of '" + source.get() + "'" + damage(listing),
          sources.isEmpty()
              ? "It holds no snapshot at all. Take one with 'foldback backup'."
              : "It holds: " + String.join(", ", sources));
    }
    return new FoldbackException(
        ErrorCode.UNKNOWN_SNAPSHOT,
        (id.isPresent() ? "there is no snapshot " + id.get() : "there is no snapshot")
            + damage(listing),
        "See 'foldback list'.");
  }

  private static String damage(SnapshotListing listing) {
    int damaged = listing.damaged().size();
    return damaged == 0 ? "" : " (and " + damaged + " manifests can't be read)";
  }
}
