package dev.foldback.repository;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds of a source already: the frames of its newest readable snapshot, and those
 * of runs that died. Only the tables that are being read are held in memory.
 */
final class Reuse {
  private static final TableReuse NOTHING = new TableReuse(List.of());

  private final @Nullable SnapshotIndex previous;
  private final Optional<SnapshotId> previousId;
  private final List<FrameRef> catalogue;
  private final Pending pending;
  private final Presence presence;
  private final boolean enabled;
  private final Map<TableName, TableReuse> recent;

  Reuse(
      Optional<Previous> previous,
      Pending pending,
      Presence presence,
      boolean enabled,
      int threads) {
    this.previous = previous.map(Previous::index).orElse(null);
    this.previousId = previous.map(p -> p.manifest().summary().id());
    this.catalogue = previous.map(p -> p.manifest().catalogue()).orElse(List.of());
    this.pending = pending;
    this.presence = presence;
    this.enabled = enabled;
    this.recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<TableName, TableReuse> eldest) {
            return size() > threads + 1;
          }
        };
  }

  /** The snapshot before this one. */
  record Previous(StoredManifest manifest, SnapshotIndex index) {}

  Presence presence() {
    return presence;
  }

  TableReuse of(TableName table) {
    if (!enabled) {
      return NOTHING;
    }
    synchronized (recent) {
      TableReuse known = recent.get(table);
      if (known == null) {
        known = load(table);
        recent.put(table, known);
      }
      return known;
    }
  }

  private TableReuse load(TableName table) {
    List<FrameList> lists = new ArrayList<>();
    if (previous != null) {
      try {
        lists.add(previous.frames(table));
      } catch (FoldbackException e) {
        // It was whole when the run began. Without it the table is sent again in full.
        return new TableReuse(List.of(pending.frames(table)));
      }
    }
    lists.add(pending.frames(table));
    return lists.stream().allMatch(l -> l.size() == 0) ? NOTHING : new TableReuse(lists);
  }

  /** All frames of a table in the snapshot before, if that is this one and can be read. */
  Optional<FrameList> frames(SnapshotId snapshot, TableName table) {
    SnapshotIndex index = previous;
    if (index == null || !previousId.equals(Optional.of(snapshot)) || !index.has(table)) {
      return Optional.empty();
    }
    try {
      return Optional.of(index.frames(table));
    } catch (FoldbackException e) {
      return Optional.empty();
    }
  }

  /** The same frame in the catalogue of the snapshot before, where it is still there. */
  Optional<FrameRef> catalogueFrame(String hash) {
    SnapshotIndex index = previous;
    if (!enabled || index == null) {
      return Optional.empty();
    }
    for (FrameRef frame : catalogue) {
      if (frame.rowHash().equals(hash)) {
        int object = index.objects().find(frame.object());
        if (object >= 0 && presence.has(frame.object(), index.objects().sizeOf(object))) {
          return Optional.of(frame);
        }
      }
    }
    return Optional.empty();
  }

  long previousSize(String object) {
    SnapshotIndex index = previous;
    return index == null ? 0 : index.objects().sizeOf(index.objects().find(object));
  }
}
