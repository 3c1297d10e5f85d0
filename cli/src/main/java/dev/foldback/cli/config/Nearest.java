package dev.foldback.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /** The candidate that takes the fewest edits, unless that is more than half of it. */
  static Optional<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingInt((String c) -> distance(word, c)).thenComparing(c -> c))
        .filter(c -> distance(word, c) <= Math.max(1, Math.max(c.length(), word.length()) / 2));
  }

  /** {@code ; did you mean 'x'?} or nothing. */
  static String question(String word, Collection<String> candidates) {
    return to(word, candidates).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
