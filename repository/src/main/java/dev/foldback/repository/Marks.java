package dev.foldback.repository;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Finds every object that something refers to: notes of runs under way, claims, manifests of
 * snapshots and of log, of all sources. They are read in the order in which a run writes them, so
 * that what moves on meanwhile is met later. What can't be read stops it: what that refers to is
 * not known.
 */
final class Marks {
  private static final int PARALLEL = 8;

  private final ObjectStore store;
  private final SnapshotFiles snapshots;

  Marks(ObjectStore store, SnapshotFiles snapshots) {
    this.store = store;
    this.snapshots = snapshots;
  }

  /**
   * Fails with {@code NOT_PRUNABLE}.
   *
   * @param without snapshots that are to go, so that only they need not be readable
   * @param withoutLog keys of log manifests that are to go
   */
  ObjectSet of(Set<SnapshotFiles.Place> without, Set<String> withoutLog) {
    ObjectSet marked = new ObjectSet();
    store.list(Keys.PENDING, each -> note(each.key(), marked));
    each(keys(Keys.SEGMENT_CLAIMS), key -> known(key, () -> markLog(key, marked)));
    Set<SnapshotFiles.Place> places = places();
    places.removeAll(without);
    each(places, place -> known(place.key(), () -> mark(place, marked)));
    Set<String> log = keys(Keys.LOG);
    log.removeAll(withoutLog);
    log.removeIf(Keys::isLogBegins);
    each(log, key -> known(key, () -> markLog(key, marked)));
    return marked;
  }

  /** What these alone refer to, as far as they can be read. */
  ObjectSet only(Set<SnapshotFiles.Place> places, Set<String> log) {
    ObjectSet marked = new ObjectSet();
    each(places, place -> asFarAs(() -> mark(place, marked)));
    each(log, key -> asFarAs(() -> markLog(key, marked)));
    return marked;
  }

  /** Every place that a listing or a claim names. A listing that lags is asked again. */
  Set<SnapshotFiles.Place> places() {
    Set<SnapshotFiles.Place> places = new LinkedHashSet<>(Claims.list(store).keySet());
    places.addAll(snapshots.places(Keys.SNAPSHOTS, new ArrayList<>()));
    if (!store.capabilities().consistentList()) {
      places.addAll(snapshots.places(Keys.SNAPSHOTS, new ArrayList<>()));
    }
    return places;
  }

  private Set<String> keys(String prefix) {
    Set<String> keys = new LinkedHashSet<>();
    for (int i = 0; i < (store.capabilities().consistentList() ? 1 : 2); i++) {
      store.list(prefix, each -> keys.add(each.key()));
    }
    return keys;
  }

  /** A note is named after its object. */
  private static void note(String key, ObjectSet marked) {
    String name = key.substring(key.lastIndexOf('/') + 1).replaceFirst("\\.json$", "");
    if (Hash.isHex(name)) {
      marked.add(name);
    }
  }

  private void mark(SnapshotFiles.Place place, ObjectSet marked) {
    Optional<StoredManifest> manifest = snapshots.readIfThere(place);
    if (manifest.isPresent()) {
      mark(manifest.get(), marked);
    } else {
      known(
          Keys.claim(place.source(), place.id()),
          () -> snapshots.readClaim(place).ifPresent(claim -> markClaim(claim, marked)));
    }
  }

  private void mark(StoredManifest manifest, ObjectSet marked) {
    manifest.catalogue().forEach(frame -> marked.add(frame.object()));
    manifest.index().forEach(part -> marked.add(part.object()));
    new IndexParser(store, manifest).objects(marked::add);
  }

  /** Where what a claim needs is gone already, its run was refused or will be: it needs nothing. */
  private void markClaim(StoredManifest claim, ObjectSet marked) {
    try {
      mark(claim, marked);
    } catch (FoldbackException e) {
      if (e.code() != ErrorCode.OBJECT_MISSING) {
        throw e;
      }
    }
  }

  /** A manifest of log names its objects in itself; whatever looks like a name is taken for one. */
  private void markLog(String key, ObjectSet marked) {
    byte[] bytes;
    try {
      bytes = store.get(key);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return;
      }
      throw e;
    }
    names(Json.checked(bytes, key).node(), marked);
  }

  private static void names(JsonNode node, ObjectSet marked) {
    if (node.isTextual() && Hash.isHex(node.textValue())) {
      marked.add(node.textValue());
    }
    node.forEach(child -> names(child, marked));
  }

  private static void known(String key, Runnable read) {
    try {
      read.run();
    } catch (FoldbackException e) {
      if (!isUnreadable(e)) {
        throw e;
      }
      throw new FoldbackException(
          ErrorCode.NOT_PRUNABLE,
          "what "
              + Damage.clip(key)
              + " refers to can't be known, so no object was deleted: "
              + e.getMessage(),
          "Run 'foldback verify'. Mend the file from a copy of the repository, or, where the"
              + " snapshot is given up, delete the file from the store, and prune again.",
          e);
    }
  }

  private static void asFarAs(Runnable read) {
    try {
      read.run();
    } catch (FoldbackException e) {
      if (!isUnreadable(e)) {
        throw e;
      }
      // It only tells how much will be free.
    }
  }

  private static boolean isUnreadable(FoldbackException e) {
    return e.code().exit() == ExitStatus.DAMAGE || e.code() == ErrorCode.REPOSITORY_FORMAT;
  }

  private static <T> void each(Set<T> all, Consumer<T> action) {
    if (all.isEmpty()) {
      return;
    }
    ExecutorService pool = StoreThreads.pool("mark", Math.min(PARALLEL, all.size()));
    try {
      List<Future<?>> tasks = new ArrayList<>();
      all.forEach(one -> tasks.add(pool.submit(() -> action.accept(one))));
      tasks.forEach(StoreThreads::get);
    } finally {
      pool.shutdownNow();
    }
  }
}
