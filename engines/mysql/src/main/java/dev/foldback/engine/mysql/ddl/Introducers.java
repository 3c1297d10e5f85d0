package dev.foldback.engine.mysql.ddl;

import java.util.Locale;
import java.util.Set;

/**
 * Character sets in front of texts, such as {@code _utf8mb4'x'}. MySQL prints one before each text
 * of an expression. MariaDB keeps such a text without its escapes: of {@code _utf8mb4'a\\b'} it
 * makes {@code ab}, and {@code _utf8mb4'it\'s'} it can't read back. Statements run as utf8mb4, so
 * where that says the same the introducer goes.
 */
final class Introducers {
  private static final Set<String> UNICODE = Set.of("_UTF8MB4", "_UTF8MB3", "_UTF8");

  /** Of these a byte below 0x80 is not the character of that number. */
  private static final Set<String> OTHER_BYTES =
      Set.of("_BINARY", "_UCS2", "_UTF16", "_UTF16LE", "_UTF32");

  private Introducers() {}

  /** Whether the text means the same without the word before it. */
  static boolean isNeedless(Token word, Token text) {
    String name = word.text().toUpperCase(Locale.ROOT);
    if (word.kind() != Token.Kind.WORD
        || !name.startsWith("_")
        || text.kind() != Token.Kind.STRING) {
      return false;
    }
    boolean ascii = text.text().chars().allMatch(c -> c < 0x80);
    return UNICODE.contains(name) || (ascii && !OTHER_BYTES.contains(name));
  }
}
