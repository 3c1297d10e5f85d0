package dev.foldback.storage;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.Keys;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import dev.foldback.core.store.StoredObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Objects in this JVM's memory, for tests: who opens the same name sees the same objects. */
final class MemoryStore implements ObjectStore {
  private static final ConcurrentMap<String, ConcurrentSkipListMap<String, Held>> PLACES =
      new ConcurrentHashMap<>();

  private final String name;
  private final ConcurrentSkipListMap<String, Held> objects;

  private static final class Held {
    final byte[] bytes;
    final Instant modified = Instant.now();

    Held(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  MemoryStore(String name) {
    this.name = name;
    this.objects = PLACES.computeIfAbsent(name, _ -> new ConcurrentSkipListMap<>());
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true);
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    Held held = new Held(bytes.clone());
    return objects.putIfAbsent(Keys.key(key), held) == null
        ? PutOutcome.WRITTEN
        : PutOutcome.EXISTS;
  }

  @Override
  public byte[] get(String key) {
    return held(key).bytes.clone();
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    Keys.range(key, offset, length);
    byte[] bytes = held(key).bytes;
    int from = (int) Math.min(offset, bytes.length);
    return Arrays.copyOfRange(bytes, from, from + Math.min(length, bytes.length - from));
  }

  private Held held(String key) {
    Held held = objects.get(Keys.key(key));
    if (held == null) {
      throw new StoreException(
          Kind.NOT_FOUND, Effect.NONE, "No object " + key + " in " + describe(), "", null);
    }
    return held;
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    Keys.prefix(prefix);
    objects
        .subMap(prefix, prefix + '\uffff')
        .forEach((key, held) -> each.accept(object(key, held)));
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    return Optional.ofNullable(objects.get(Keys.key(key))).map(held -> object(key, held));
  }

  private static StoredObject object(String key, Held held) {
    return new StoredObject(key, held.bytes.length, held.modified);
  }

  @Override
  public void delete(String key) {
    objects.remove(Keys.key(key));
  }

  @Override
  public String describe() {
    return "memory:" + name;
  }

  @Override
  public void close() {
    // The objects stay for whoever opens the name again.
  }
}
