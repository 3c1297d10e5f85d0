package dev.foldback.core.repository;

import java.time.Instant;

/**
 * The outcome of a check of one snapshot.
 *
 * @param kind {@code presence}, {@code bytes}, {@code rows} (opened and rehashed) or {@code
 *     restore} (restored and compared)
 * @param good whether nothing was wrong
 */
public record Proof(Instant time, String kind, boolean good, String detail) {}
