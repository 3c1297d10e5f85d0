package dev.foldback.core.repository;

import java.time.Instant;
import java.util.List;

/**
 * The outcome of a check of one snapshot.
 *
 * @param kind {@code presence}, {@code bytes}, {@code rows} (opened and rehashed) or {@code
 *     restore} (restored and compared)
 * @param good whether nothing was wrong
 * @param damagedObjects names of the objects that are there but damaged; later backups store anew
 *     what is in them
 */
public record Proof(
    Instant time, String kind, boolean good, String detail, List<String> damagedObjects) {
  private static final List<String> KINDS = List.of("presence", "bytes", "rows", "restore");

  public Proof {
    damagedObjects = List.copyOf(damagedObjects);
  }

  /** A proof that names no object. */
  public Proof(Instant time, String kind, boolean good, String detail) {
    this(time, kind, good, detail, List.of());
  }

  /** How much a kind of check proves: more is more, -1 where the kind is unknown. */
  public static int strength(String kind) {
    return KINDS.indexOf(kind);
  }
}
