package dev.foldback.core.store;

import java.time.Instant;

/**
 * One object in a listing.
 *
 * @param key the whole key
 * @param size in bytes
 * @param modified by the store's clock; {@link Instant#EPOCH} where the store tells none
 */
public record StoredObject(String key, long size, Instant modified) {}
