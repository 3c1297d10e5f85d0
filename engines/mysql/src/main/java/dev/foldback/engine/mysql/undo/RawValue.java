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
    int special = Escapes.find(text, from, to);
    byte[] value = Arrays.copyOfRange(text, from, to);
    if (special == to) {
      return value;
    }
    int length = special - from;
    for (int i = special; i < to; i++) {
      value[length++] = text[i] == '\\' ? unescaped(text[++i]) : text[i];
    }
    return Arrays.copyOf(value, length);
  }

  private static byte unescaped(byte escaped) {
    return switch (escaped) {
      case '0' -> 0;
      case 't' -> '\t';
      case 'n' -> '\n';
      default -> escaped;
    };
  }
}
