package dev.foldback.storage;

import dev.foldback.core.EditDistance;
import java.util.Collection;
import java.util.Comparator;

/** The word that was probably meant: the one with the least edits, however many. */
final class Nearest {
  private Nearest() {}

  static String to(String word, Collection<String> words) {
    return words.stream()
        .min(Comparator.comparingInt(other -> EditDistance.between(word, other)))
        .orElse("");
  }
}
