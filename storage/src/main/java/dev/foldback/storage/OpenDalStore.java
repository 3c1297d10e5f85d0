package dev.foldback.storage;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.Keys;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoredObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.opendal.AsyncOperator;
import org.apache.opendal.Metadata;
import org.apache.opendal.OpenDALException;
import org.apache.opendal.WriteOptions;

/**
 * Any store through Apache OpenDAL. Where the service can write only if absent, that decides;
 * elsewhere a look comes before the write. Services whose writes are not atomic get each object
 * under a temporary name first, and a rename makes it seen. OpenDAL's own retry layer is not used:
 * {@link Retrying} alone repeats calls.
 */
final class OpenDalStore implements ObjectStore {
  static final String TEMPORARY = ".tmp-";
  private static final int SMALL = 512 << 10;
  private static final WriteOptions IF_ABSENT = WriteOptions.builder().ifNotExists(true).build();

  private final AsyncOperator operator;
  private final String place;
  private final OpenDalErrors errors;
  private final OpenDalCalls calls;
  private final OpenDalListing listing;
  private final boolean conditional;
  private final boolean rename;

  OpenDalStore(
      AsyncOperator operator,
      String place,
      OpenDalErrors errors,
      OpenDalCalls calls,
      Retry retry,
      boolean conditional,
      boolean rename) {
    this.operator = operator;
    this.place = place;
    this.errors = errors;
    this.calls = calls;
    this.listing = new OpenDalListing(operator, errors, calls, retry);
    this.conditional = conditional;
    this.rename = rename;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(conditional, true);
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    Keys.key(key);
    String what = "write " + key;
    if (!conditional && stat(key).isPresent()) {
      return PutOutcome.EXISTS;
    }
    try {
      if (conditional) {
        calls.await(
            () -> operator.write(key, bytes, IF_ABSENT), what, Effect.UNKNOWN, bytes.length);
      } else if (rename) {
        return publish(key, bytes);
      } else {
        calls.await(() -> operator.write(key, bytes), what, Effect.UNKNOWN, bytes.length);
      }
      return PutOutcome.WRITTEN;
    } catch (OpenDALException e) {
      if (conditional && OpenDalErrors.taken(e)) {
        return PutOutcome.EXISTS;
      }
      throw errors.write(what, e);
    }
  }

  private PutOutcome publish(String key, byte[] bytes) {
    String temporary = key.substring(0, key.lastIndexOf('/') + 1) + TEMPORARY + UUID.randomUUID();
    try {
      String what = "write " + key;
      try {
        calls.await(() -> operator.write(temporary, bytes), what, Effect.NONE, bytes.length);
      } catch (OpenDALException e) {
        throw errors.read(what, e); // Nothing is seen under the key yet.
      }
      if (stat(key).isPresent()) { // Another came first; the gap that stays is the rename itself.
        removeQuietly(temporary);
        return PutOutcome.EXISTS;
      }
      calls.await(() -> operator.rename(temporary, key), what, Effect.UNKNOWN, 0);
      return PutOutcome.WRITTEN;
    } catch (OpenDALException | StoreException e) {
      removeQuietly(temporary);
      throw e;
    }
  }

  private void removeQuietly(String temporary) {
    try {
      calls.await(() -> operator.delete(temporary), "remove " + temporary, Effect.UNKNOWN, 0);
    } catch (OpenDALException | StoreException e) {
      // The error under way says more; listings remove what is left after a day.
    }
  }

  /**
   * Made for small objects: the time allowed is that of {@link #SMALL}, since no size is known
   * before.
   */
  @Override
  public byte[] get(String key) {
    Keys.key(key);
    String what = "read " + key;
    try {
      return calls.await(() -> operator.read(key), what, Effect.NONE, SMALL);
    } catch (OpenDALException e) {
      // Reading a folder fails in many words; a look says that there is no object.
      throw e.getCode() == OpenDALException.Code.Unexpected && isAbsent(key)
          ? errors.absent(key)
          : errors.read(what, e);
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    Keys.key(key);
    Keys.range(key, offset, length);
    // OpenDAL fails where a range reaches past the end, and only after all of it was fetched.
    long rest = Math.max(0, metadata(key).getContentLength() - offset);
    int there = (int) Math.min(rest, length);
    if (there == 0) {
      return new byte[0];
    }
    String what = "read " + key;
    try {
      return calls.await(() -> operator.read(key, offset, there), what, Effect.NONE, there);
    } catch (OpenDALException e) {
      throw errors.read(what, e);
    }
  }

  private boolean isAbsent(String key) {
    try {
      return stat(key).isEmpty();
    } catch (StoreException e) {
      return false; // The error under way says more.
    }
  }

  /** What is known of an object; {@code NOT_FOUND} for a folder too. */
  private Metadata metadata(String key) {
    String what = "look at " + key;
    try {
      Metadata found = calls.await(() -> operator.stat(key), what, Effect.NONE, 0);
      if (!found.isFile()) {
        throw errors.absent(key);
      }
      return found;
    } catch (OpenDALException e) {
      throw errors.read(what, e);
    }
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    listing.list(Keys.prefix(prefix), each);
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    Keys.key(key);
    try {
      Metadata found = metadata(key);
      return Optional.of(new StoredObject(key, found.getContentLength(), modified(found)));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static Instant modified(Metadata metadata) {
    Instant time = metadata.getLastModified();
    return time == null ? Instant.EPOCH : time;
  }

  @Override
  public void delete(String key) {
    Keys.key(key);
    String what = "delete " + key;
    try {
      calls.await(() -> operator.delete(key), what, Effect.UNKNOWN, 0);
    } catch (OpenDALException e) {
      if (e.getCode() != OpenDALException.Code.NotFound || OpenDalErrors.noSuchPlace(e)) {
        throw errors.write(what, e);
      }
    }
  }

  @Override
  public String describe() {
    return place;
  }

  @Override
  public void close() {
    calls.close();
    operator.close();
  }
}
