package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds and reads manifests. */
final class SnapshotFiles {
  private static final int PARALLEL = 8;

  /** Larger than any manifest: it names index objects and findings, never tables' frames. */
  private static final int MAX_BYTES = 64 << 20;

  private final ObjectStore store;

  /** What this process committed: a listing may not show it yet. */
  private final Map<SnapshotId, SourceName> committed = new ConcurrentHashMap<>();

  SnapshotFiles(ObjectStore store) {
    this.store = store;
  }

  /** Where a manifest is. */
  record Place(SourceName source, SnapshotId id) implements Comparable<Place> {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::id).thenComparing(Place::source);

    String key() {
      return Keys.manifest(source, id);
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** Manifests that could be read, oldest first, and those that could not. */
  record Loaded(List<StoredManifest> manifests, List<Finding> damaged) {}

  void remember(SourceName source, SnapshotId id) {
    committed.put(id, source);
  }

  void forget(SnapshotId id) {
    committed.remove(id);
  }

  /** Every place below the prefix, oldest first; what is no manifest by its name is reported. */
  List<Place> places(String prefix, List<Finding> odd) {
    Set<Place> found = ConcurrentHashMap.newKeySet();
    store.list(
        prefix,
        each -> {
          Place place = place(each.key());
          if (place == null) {
            synchronized (odd) {
              odd.add(notOne(each.key()));
            }
          } else {
            found.add(place);
          }
        });
    committed.forEach(
        (id, source) -> {
          if (Keys.manifest(source, id).startsWith(prefix)) {
            found.add(new Place(source, id));
          }
        });
    return found.stream().sorted(Place.ORDER).toList();
  }

  Loaded all() {
    List<Finding> damaged = new ArrayList<>();
    return load(places(Keys.SNAPSHOTS, damaged), damaged);
  }

  /** Reads manifests; those that are gone, although a listing may show them yet, are left out. */
  Loaded load(List<Place> places, List<Finding> damaged) {
    List<StoredManifest> manifests = new ArrayList<>();
    ExecutorService pool = StoreThreads.pool("manifest", PARALLEL);
    try {
      List<Future<Optional<StoredManifest>>> tasks =
          places.stream().map(place -> pool.submit(() -> readIfThere(place))).toList();
      for (int i = 0; i < places.size(); i++) {
        try {
          StoreThreads.get(tasks.get(i)).ifPresent(manifests::add);
        } catch (FoldbackException e) {
          damaged.add(finding(places.get(i), e));
        }
      }
    } finally {
      pool.shutdownNow();
    }
    return new Loaded(manifests, damaged);
  }

  private static Finding finding(Place place, FoldbackException e) {
    boolean damage =
        e.code() == ErrorCode.MANIFEST_DAMAGED
            || e.code() == ErrorCode.OBJECT_MISSING
            || e.code() == ErrorCode.REPOSITORY_FORMAT;
    if (!damage) {
      throw e;
    }
    return Finding.error(
        e.code().code(), place.key(), String.valueOf(e.getMessage()), Damage.help(e));
  }

  StoredManifest read(Place place) {
    return read(place, place.key());
  }

  private StoredManifest read(Place place, String key) {
    byte[] bytes = store.get(key, 0, MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw Damage.manifest(key, "it is larger than any manifest");
    }
    return ManifestCodec.read(bytes, place.source(), place.id());
  }

  Optional<StoredManifest> readIfThere(Place place) {
    return ifThere(() -> read(place));
  }

  /** The manifest as its run claimed it before the commit. */
  Optional<StoredManifest> readClaim(Place place) {
    return ifThere(() -> read(place, Keys.claim(place.source(), place.id())));
  }

  private static Optional<StoredManifest> ifThere(Supplier<StoredManifest> read) {
    try {
      return Optional.of(read.get());
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Fails with {@code UNKNOWN_SNAPSHOT}. */
  StoredManifest find(SnapshotId id) {
    List<Place> places =
        places(Keys.SNAPSHOTS, new ArrayList<>()).stream().filter(p -> p.id().equals(id)).toList();
    if (places.size() != 1) {
      throw new FoldbackException(
          ErrorCode.UNKNOWN_SNAPSHOT,
          places.isEmpty()
              ? "there is no snapshot " + id + " in " + store.describe()
              : "two sources have a snapshot named " + id,
          "Take an id from 'foldback list'.");
    }
    return read(places.getFirst());
  }

  /**
   * The newest snapshot of a source whose manifest and index are whole.
   *
   * @param unreadable takes the index objects of newer ones that are not
   */
  Optional<Reuse.Previous> newest(SourceName source, Set<String> unreadable) {
    for (Place place : places(Keys.snapshots(source), new ArrayList<>()).reversed()) {
      List<IndexRef> index = List.of();
      try {
        StoredManifest manifest = read(place);
        index = manifest.index();
        return Optional.of(new Reuse.Previous(manifest, SnapshotIndex.load(store, manifest)));
      } catch (FoldbackException e) {
        if (e.code().exit() != ErrorCode.MANIFEST_DAMAGED.exit()) {
          throw e;
        }
        // 'verify' and 'list' report it; here the next older one serves.
        index.forEach(part -> unreadable.add(part.object()));
      }
    }
    return Optional.empty();
  }

  /** The last id that is taken, whether its manifest can be read or not. */
  Optional<SnapshotId> newestId(SourceName source) {
    List<Place> all = places(Keys.snapshots(source), new ArrayList<>());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().id());
  }

  /** The place that a key of a manifest or a claim names; null for others. */
  static @Nullable Place place(String key) {
    String[] parts = key.split("/", -1);
    if (parts.length != 3 || !parts[2].endsWith(".json")) {
      return null;
    }
    try {
      String id = parts[2].substring(0, parts[2].length() - ".json".length());
      return new Place(new SourceName(parts[1]), new SnapshotId(id));
    } catch (FoldbackException e) {
      return null;
    }
  }

  private static Finding notOne(String key) {
    return Finding.warning(
        ErrorCode.BAD_NAME.code(),
        Damage.clip(key),
        "this file has no name that a manifest has; it is not used",
        "Find out who put it there.");
  }
}
