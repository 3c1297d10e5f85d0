package dev.foldback.engine.mysql.undo;

import dev.foldback.core.log.RowImage;
import dev.foldback.engine.mysql.rows.Escapes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value of a row without the frames' escapes. */
final class RawValue {
  private RawValue() {}

  /** Null for NULL. */
  static byte @Nullable [] of(RowImage row, int column) {
    byte[] text = row.text.bytes;
    int from = row.start(column);
    int to = row.ends[column];
    if (to - from == 2 && text[from] == '\\' && text[from + 1] == 'N') {
      return null;
    }
    byte[] value = new byte[to - from];
    int length = Escapes.read(text, from, to, value, 0);
    return length == value.length ? value : Arrays.copyOf(value, length);
  }
}
