package dev.foldback.core.repository;

import java.time.Instant;
import java.util.List;

/**
 * The outcome of a check of one snapshot.
 *
 * @param kind {@code presence}, {@code bytes}, {@code rows} (opened and rehashed) or {@code
 *     restore} (restored and compared)
 * @param good whether nothing was wrong
 */
public record Proof(Instant time, String kind, boolean good, String detail) {
  private static final List<String> KINDS = List.of("presence", "bytes", "rows", "restore");

  /** How much a kind of check proves: more is more, -1 where the kind is unknown. */
  public static int strength(String kind) {
    return KINDS.indexOf(kind);
  }
}
