package dev.foldback.storage;

import java.util.Collection;
import java.util.Comparator;

/** The word that was probably meant: least edits by Levenshtein's distance. */
final class Nearest {
  private Nearest() {}

  static String to(String word, Collection<String> words) {
    return words.stream().min(Comparator.comparingInt(other -> distance(word, other))).orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
