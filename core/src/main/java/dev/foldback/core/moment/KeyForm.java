package dev.foldback.core.moment;

import dev.foldback.core.log.Equality;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Values of a key's columns in the form that equal ones share.
 *
 * @param part of the columns whose values all have a form, where other columns have not; values
 *     that differ in it are not equal
 * @param text of all columns; as they stand in frames where one has no form
 * @param sure whether all have one
 */
record KeyForm(String part, String text, boolean sure) {

  /**
   * @param values joined with tabs
   */
  static KeyForm of(List<Equality> equalities, byte[] values) {
    StringBuilder part = new StringBuilder();
    StringBuilder all = new StringBuilder();
    boolean parted = equalities.stream().anyMatch(e -> !e.isWhole());
    boolean sure = true;
    int from = 0;
    for (Equality equality : equalities) {
      int to = from;
      while (to < values.length && values[to] != '\t') {
        to++;
      }
      byte[] form = equality.form(values, from, to);
      if (form == null) {
        sure = false;
      } else {
        String text = new String(form, StandardCharsets.ISO_8859_1);
        all.append(text).append('\t');
        if (parted && equality.isWhole()) {
          part.append(text).append('\t');
        }
      }
      from = to + 1;
    }
    String text = sure ? all.toString() : new String(values, StandardCharsets.ISO_8859_1);
    return new KeyForm(part.toString(), text, sure);
  }
}
