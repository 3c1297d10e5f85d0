package dev.foldback.cli.config;

import dev.foldback.core.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /** The candidate that takes the fewest edits, unless that is more than half of it. */
  static Optional<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparingInt((String c) -> EditDistance.between(word, c))
                .thenComparing(c -> c))
        .filter(
            c ->
                EditDistance.between(word, c)
                    <= Math.max(1, Math.max(c.length(), word.length()) / 2));
  }

  /** {@code ; did you mean 'x'?} or nothing. */
  static String question(String word, Collection<String> candidates) {
    return to(word, candidates).map(near -> "; did you mean '" + near + "'?").orElse("");
  }
}
