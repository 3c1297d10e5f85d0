package dev.foldback.core.engine;

import dev.foldback.core.frame.RowBuffer;

/**
 * Edits of a value: a log may hold these in place of what came of them, such as the parts of a
 * document that changed. What they say only the engine knows. In a row they stand behind a
 * backslash and an {@code E}, as no value begins, and are escaped as values are. Stateless and safe
 * for several threads.
 */
public interface ValueEdits {

  /** Whether what stands there is edits. */
  static boolean isEdits(byte[] text, int from, int to) {
    return to - from >= 2 && text[from] == '\\' && text[from + 1] == 'E';
  }

  /**
   * Appends what the edits make of a value.
   *
   * @param value a row's text that holds it in {@code from} to {@code to}
   * @param edits a row's text that holds them in {@code first} to {@code last}, from the backslash
   *     on
   * @throws UnfitEditsException where they are not edits of this value
   */
  void apply(byte[] value, int from, int to, byte[] edits, int first, int last, RowBuffer out);

  /** Appends edits that do what some and then others do. */
  void join(byte[] some, int from, int to, byte[] others, int first, int last, RowBuffer out);
}
