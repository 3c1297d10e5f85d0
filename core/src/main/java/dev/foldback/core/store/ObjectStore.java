package dev.foldback.core.store;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A flat store of immutable objects under keys such as {@code objects/ab/abcd…}. Keys are relative,
 * use {@code /}, and hold only letters, digits, {@code . _ -}. Every method may block, is safe to
 * call from several threads, and throws {@link StoreException} alone.
 *
 * <p>Reads after a finished write of the same key see it ({@link #get}, {@link #stat}); a {@link
 * #list} may lag behind on some stores, so absence from a list proves nothing.
 */
public interface ObjectStore extends AutoCloseable {

  /** What the store can promise. */
  Capabilities capabilities();

  /**
   * Writes a whole object unless the key is taken. Atomic: a reader sees all of it or nothing. With
   * {@link Capabilities#conditionalPut()} exactly one of several concurrent writers gets {@link
   * PutOutcome#WRITTEN}; without it the check comes before the write and two writers may both get
   * it. May be retried: a retry after an unknown outcome can answer {@link PutOutcome#EXISTS} for
   * the caller's own bytes, so a caller that must know reads the object back.
   */
  PutOutcome putIfAbsent(String key, byte[] bytes);

  /** The whole object. {@link StoreException.Kind#NOT_FOUND} where there is none. Idempotent. */
  byte[] get(String key);

  /**
   * {@code length} bytes from {@code offset}; fewer only where the object ends before. Idempotent.
   */
  byte[] get(String key, long offset, int length);

  /**
   * Calls back once for each object whose key starts with {@code prefix}, in no promised order.
   * {@code prefix} ends with {@code /} or is empty. Memory stays bounded however many there are.
   */
  void list(String prefix, Consumer<StoredObject> each);

  /** Size and time of one object, or empty. Idempotent. */
  Optional<StoredObject> stat(String key);

  /** Removes an object; absent is fine. Idempotent. */
  void delete(String key);

  /** For people: the place without credentials. */
  String describe();

  @Override
  void close();
}
