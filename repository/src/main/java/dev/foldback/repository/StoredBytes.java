package dev.foldback.repository;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;

/** Fetches objects and checks them against their names. */
final class StoredBytes {
  private StoredBytes() {}

  /**
   * The object's stored bytes. Fails with {@code OBJECT_MISSING} or {@code OBJECT_DAMAGED}.
   *
   * @param bytes how large the object is recorded to be; nothing larger is fetched
   * @param whose what needs it, for the error
   */
  static byte[] fetch(ObjectStore store, String object, long bytes, String whose) {
    byte[] stored;
    try {
      if (bytes >= Integer.MAX_VALUE) {
        throw Damage.object(object, "it is recorded with a size that no object has");
      }
      // One byte more than recorded, so that a longer one shows and a huge one does no harm.
      stored = store.get(Keys.object(object), 0, (int) bytes + 1);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        throw Damage.missing(object, whose);
      }
      throw e;
    }
    if (stored.length != bytes) {
      throw Damage.object(
          object,
          stored.length > bytes
              ? "it is longer than the " + bytes + " bytes recorded"
              : "it has " + stored.length + " of " + bytes + " bytes");
    }
    if (!Hash.of(stored).equals(object)) {
      throw Damage.object(object, "its bytes do not have the hash that is its name");
    }
    return stored;
  }
}
