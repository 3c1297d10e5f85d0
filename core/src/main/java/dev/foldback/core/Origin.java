package dev.foldback.core;

/**
 * How a restore point came to be.
 *
 * @param way {@code full}, {@code differential}, {@code log} or {@code consolidated}; a later
 *     Foldback may know others
 * @param reason why this way, as a clause for people; kept in the clear
 */
public record Origin(String way, String reason) {
  /** A fold that was kept as a snapshot. */
  public static final String CONSOLIDATED = "consolidated";
}
