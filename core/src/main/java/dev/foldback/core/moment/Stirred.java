package dev.foldback.core.moment;

import dev.foldback.core.log.Equality;
import dev.foldback.core.log.RowImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that rows of a part of a life may have got or left below the log, told by values of some
 * of the key's columns.
 */
final class Stirred {
  /** Beyond so many values, any row may be meant. */
  private static final int MOST = 100_000;

  private final Link link;
  private final Map<Columns, Set<String>> forms = new HashMap<>();
  private int size;
  private boolean any;

  private record Columns(List<Integer> places, List<Equality> equalities) {}

  /**
   * @param link the first of the keys that did it
   */
  Stirred(Link link) {
    this.link = link;
  }

  Link link() {
    return link;
  }

  /**
   * Rows may have got or left these values.
   *
   * @param columns places of key columns
   * @param values of them, joined
   */
  void add(List<Integer> columns, List<Equality> equalities, byte[] values) {
    if (any) {
      return;
    }
    String form = form(equalities, values);
    if (form == null || size >= MOST) {
      any = true;
      forms.clear();
      return;
    }
    Set<String> known =
        forms.computeIfAbsent(new Columns(columns, equalities), c -> new HashSet<>());
    size += known.add(form) ? 1 : 0;
  }

  /**
   * Whether a change of the log may be about such a row, or brings one under such a key.
   *
   * @param before null for a new row
   * @param after null for one that goes
   */
  boolean meets(@Nullable RowImage before, @Nullable RowImage after) {
    if (any) {
      return true;
    }
    for (Map.Entry<Columns, Set<String>> of : forms.entrySet()) {
      if ((before != null && meets(of.getKey(), of.getValue(), before, before))
          || (after != null
              && meets(of.getKey(), of.getValue(), before == null ? after : before, after))) {
        return true;
      }
    }
    return false;
  }

  /** What the later image lacks is as in the earlier one. */
  private static boolean meets(
      Columns columns, Set<String> known, RowImage earlier, RowImage later) {
    byte[][] values = new byte[columns.places().size()][];
    for (int i = 0; i < values.length; i++) {
      int column = columns.places().get(i);
      RowImage image = later.absent[column] ? earlier : later;
      if (image.absent[column]) {
        return true;
      }
      values[i] = Arrays.copyOfRange(image.text.bytes, image.start(column), image.ends[column]);
    }
    String form = form(columns.equalities(), Values.join(values));
    return form == null || known.contains(form);
  }

  /** What equal values share, NULL among them; null where that is not known. */
  private static @Nullable String form(List<Equality> equalities, byte[] values) {
    if (!Values.hasNull(values)) {
      KeyForm form = KeyForm.of(equalities, values);
      return form.sure() ? form.text() : null;
    }
    StringBuilder text = new StringBuilder("NULL");
    List<byte[]> parts = Values.parts(values);
    for (int i = 0; i < parts.size(); i++) {
      if (Values.hasNull(parts.get(i))) {
        text.append('\n').append(i);
      } else {
        String form = form(equalities.subList(i, i + 1), parts.get(i));
        if (form == null) {
          return null;
        }
        text.append(form);
      }
    }
    return text.toString();
  }
}
