package dev.foldback.repository;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What runs said before their commits that they need; see {@link Condemned}. */
final class Claims {
  private Claims() {}

  /** Each claim by the place of the manifest that it is for. */
  static Map<SnapshotFiles.Place, StoredObject> list(ObjectStore store) {
    Map<SnapshotFiles.Place, StoredObject> found = new LinkedHashMap<>();
    store.list(
        Keys.CLAIMS,
        each -> {
          SnapshotFiles.Place place = SnapshotFiles.place(each.key());
          if (place != null) {
            synchronized (found) {
              found.put(place, each);
            }
          }
        });
    return found;
  }

  static void delete(ObjectStore store, SnapshotFiles.Place place) {
    store.delete(Keys.claim(place.source(), place.id()));
  }
}
