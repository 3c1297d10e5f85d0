package dev.foldback.core.prune;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.repository.SnapshotListing.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which snapshots of a source are kept, each with every reason for it. */
final class Reasons {
  private static final List<String> NONE = List.of("no rule keeps it");

  private final Map<SnapshotId, Set<String>> kept = new LinkedHashMap<>();

  void keep(Entry entry, String reason) {
    kept.computeIfAbsent(entry.manifest().id(), _ -> new LinkedHashSet<>()).add(reason);
  }

  boolean keeps(Entry entry) {
    return kept.containsKey(entry.manifest().id());
  }

  SnapshotDecision decision(Entry entry) {
    Set<String> reasons = kept.get(entry.manifest().id());
    return reasons == null
        ? new SnapshotDecision(entry.manifest(), false, NONE)
        : new SnapshotDecision(entry.manifest(), true, new ArrayList<>(reasons));
  }
}
