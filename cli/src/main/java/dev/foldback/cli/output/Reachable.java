package dev.foldback.cli.output;

import dev.foldback.core.Finding;
import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The moments that a source can be had back at.
 *
 * @param ranges of its log, each with the earliest snapshot that lies in it
 */
record Reachable(SourceName source, List<Range> ranges, List<Finding> damaged) {

  /**
   * An unbroken run of log.
   *
   * @param from the snapshot that all moments after it can be reached from; empty where there is
   *     none, and nothing of this run can be restored
   */
  record Range(LogRange log, Optional<SnapshotManifest> from) {}

  static List<Reachable> of(SnapshotListing listing, Map<SourceName, LogListing> logs) {
    List<Reachable> all = new ArrayList<>();
    logs.forEach(
        (source, log) -> {
          List<Range> ranges = new ArrayList<>();
          for (LogRange range : LogRange.of(log)) {
            ranges.add(new Range(range, earliest(listing, source, range)));
          }
          all.add(new Reachable(source, ranges, log.damaged()));
        });
    return all;
  }

  private static Optional<SnapshotManifest> earliest(
      SnapshotListing listing, SourceName source, LogRange range) {
    return listing.entries().stream()
        .map(SnapshotListing.Entry::manifest)
        .filter(s -> s.source().equals(source))
        .filter(s -> isIn(s, range))
        .findFirst();
  }

  private static boolean isIn(SnapshotManifest snapshot, LogRange range) {
    LogPlace place = LogOrder.place(snapshot.position());
    return !place.file().isEmpty()
        && range.reaches(snapshot.server().id(), place, snapshot.storedLog(), snapshot.finished());
  }
}
