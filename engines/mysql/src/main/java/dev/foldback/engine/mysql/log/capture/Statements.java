package dev.foldback.engine.mysql.log.capture;

import dev.foldback.engine.mysql.ddl.DdlStatement;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Looks at the texts of statements in the log. */
final class Statements {
  private static final int QUERY_HEADER = 13;

  /** More than the words that tell what a statement does. */
  private static final int LOOK = 1 << 10;

  private static final Set<String> OF_ROWS =
      Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "WITH", "CALL");

  private Statements() {}

  /**
   * Whether the event holds a statement whose effect no fold carries: one that changes accounts or
   * what belongs to the whole server, or rows that are logged as text.
   *
   * @param event perhaps only its beginning
   */
  static boolean isNotFollowed(Event event) {
    if (event.type() == EventType.EXECUTE_LOAD_QUERY) {
      return true;
    }
    if (event.type() != EventType.QUERY) {
      return false;
    }
    String text = text(event, LOOK).strip();
    if (text.equals("BEGIN") || text.equals("COMMIT")) {
      return false;
    }
    return switch (DdlStatement.parse(text, "", "").kind()) {
      case ACCOUNT, SERVER -> true;
      case OTHER -> OF_ROWS.contains(firstWord(text));
      default -> false;
    };
  }

  private static String firstWord(String text) {
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end).toUpperCase(Locale.ROOT);
  }

  /** The beginning of a statement's text, or all of it where it is short. */
  static String text(Event event, int longest) {
    byte[] bytes = event.bytes();
    int body = event.bodyStart();
    int schema = bytes[body + 8] & 0xFF;
    int variables = (bytes[body + 11] & 0xFF) | (bytes[body + 12] & 0xFF) << 8;
    int from = body + QUERY_HEADER + variables + schema + 1;
    int length = Math.min(longest, Math.min(event.bodyEnd(), bytes.length) - from);
    return length <= 0 ? "" : new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }
}
