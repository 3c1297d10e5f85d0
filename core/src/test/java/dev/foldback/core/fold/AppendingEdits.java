package dev.foldback.core.fold;

import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.frame.RowBuffer;
import java.nio.charset.StandardCharsets;

/** Edits that put more behind a value. */
final class AppendingEdits implements ValueEdits {
  static String of(String more) {
    return "\\E" + more;
  }

  @Override
  public void apply(
      byte[] value, int from, int to, byte[] edits, int first, int last, RowBuffer out) {
    if (new String(value, from, to - from, StandardCharsets.UTF_8).equals("unfit")) {
      throw new UnfitEditsException("nothing goes behind it");
    }
    Patch.append(out, value, from, to);
    Patch.append(out, edits, first + 2, last);
  }

  @Override
  public void join(
      byte[] some, int from, int to, byte[] others, int first, int last, RowBuffer out) {
    Patch.append(out, some, from, to);
    Patch.append(out, others, first + 2, last);
  }
}
