package dev.foldback.engine.mysql.rows;

import java.nio.charset.StandardCharsets;

/** The small words of JSON text. Stateless. */
final class JsonText {
  private JsonText() {}

  /** The end of the number that begins at {@code from}. */
  static int numberEnd(byte[] text, int from, int limit) {
    int i = from + 1;
    while (i < limit && isOfNumber(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isOfNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
  }

  /** What a string means, without its quotes, in UTF-8. */
  static byte[] meaning(byte[] text, int from, int to) {
    String quoted = new String(text, from, to - from, StandardCharsets.UTF_8);
    StringBuilder meant = new StringBuilder(quoted.length());
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c != '\\') {
        meant.append(c);
        continue;
      }
      char escaped = quoted.charAt(++i);
      if (escaped == 'u') {
        meant.append((char) Integer.parseInt(quoted, i + 1, i + 5, 16));
        i += 4;
      } else {
        meant.append(meaning(escaped));
      }
    }
    return meant.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static char meaning(char escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }
}
