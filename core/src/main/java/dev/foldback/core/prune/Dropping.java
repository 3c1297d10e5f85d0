package dev.foldback.core.prune;

import dev.foldback.core.SourceName;
import dev.foldback.core.repository.SnapshotManifest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be deleted.
 *
 * @param log for each source the number of the last segment to go; all before it go too, so that no
 *     hole comes into being
 */
public record Dropping(List<SnapshotManifest> snapshots, Map<SourceName, Long> log) {
  public Dropping {
    snapshots = List.copyOf(snapshots);
    log = Map.copyOf(log);
  }

  static Dropping of(Decisions decisions) {
    Map<SourceName, Long> log = new TreeMap<>();
    decisions.log().stream()
        .filter(d -> !d.keep())
        .forEach(d -> log.merge(d.source(), d.last(), Math::max));
    return new Dropping(
        decisions.snapshots().stream()
            .filter(d -> !d.keep())
            .map(SnapshotDecision::snapshot)
            .toList(),
        log);
  }
}
