package dev.foldback.repository;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Removes claims that have served, proofs of snapshots that are gone, and what a dead prune left.
 */
final class Leftovers {
  /** A listing shows a manifest of that age for sure. */
  private static final Duration SERVED = Duration.ofHours(24);

  /** A run that claims and does not commit for so long is dead. */
  private static final Duration DEAD = Duration.ofDays(7);

  private final ObjectStore store;
  private final Marks marks;
  private final StoreClock clock;

  Leftovers(ObjectStore store, Marks marks) {
    this.store = store;
    this.marks = marks;
    this.clock = new StoreClock(store);
  }

  void clear(Instant now) {
    for (Map.Entry<SnapshotFiles.Place, StoredObject> claim : Claims.list(store).entrySet()) {
      Optional<Instant> written = StoreClock.time(claim.getValue());
      if (StoreClock.isOld(written, SERVED, now)
          && (StoreClock.isOld(written, DEAD, now)
              || StoreClock.isOld(clock.written(claim.getKey().key()), SERVED, now))) {
        Claims.delete(store, claim.getKey());
      }
    }
    clearSegmentClaims(now);
    clearProofs();
    clearClocks(now);
  }

  private void clearSegmentClaims(Instant now) {
    Map<String, StoredObject> claims = new ConcurrentHashMap<>();
    store.list(Keys.SEGMENT_CLAIMS, each -> claims.put(each.key(), each));
    claims.forEach(
        (key, claim) -> {
          Optional<Instant> written = StoreClock.time(claim);
          boolean served =
              StoreClock.isOld(written, SERVED, now)
                  && Keys.claimed(key)
                      .filter(manifest -> StoreClock.isOld(clock.written(manifest), SERVED, now))
                      .isPresent();
          if (served || StoreClock.isOld(written, DEAD, now)) {
            store.delete(key);
          }
        });
  }

  private void clearClocks(Instant now) {
    List<String> old = new ArrayList<>();
    store.list(
        Keys.PRUNE,
        each -> {
          if (each.key().startsWith(StoreClock.PREFIX)
              && StoreClock.isOld(StoreClock.time(each), SERVED, now)) {
            synchronized (old) {
              old.add(each.key());
            }
          }
        });
    old.forEach(store::delete);
  }

  private void clearProofs() {
    Set<SnapshotFiles.Place> there = marks.places();
    List<String> orphans = new ArrayList<>();
    store.list(
        Keys.PROOFS,
        each -> {
          SnapshotFiles.Place place = placeOfProof(each.key());
          if (place != null && !there.contains(place)) {
            synchronized (orphans) {
              orphans.add(each.key());
            }
          }
        });
    for (String key : orphans) {
      SnapshotFiles.Place place = placeOfProof(key);
      if (place != null && store.stat(place.key()).isEmpty()) {
        store.delete(key);
      }
    }
  }

  private static SnapshotFiles.@Nullable Place placeOfProof(String key) {
    int end = key.lastIndexOf('/');
    return end < 0 ? null : SnapshotFiles.place(key.substring(0, end) + ".json");
  }
}
