package dev.foldback.repository;

import dev.foldback.core.repository.SnapshotManifest;
import java.util.List;

/** A manifest with all that it refers to. */
record StoredManifest(SnapshotManifest summary, List<FrameRef> catalogue, List<IndexRef> index) {
  StoredManifest {
    catalogue = List.copyOf(catalogue);
    index = List.copyOf(index);
  }
}
