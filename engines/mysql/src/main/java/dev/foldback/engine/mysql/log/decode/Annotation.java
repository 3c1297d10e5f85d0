package dev.foldback.engine.mysql.log.decode;

import dev.foldback.engine.mysql.log.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What kind of statement changed rows, by the text that MariaDB writes before them ({@code
 * binlog_annotate_row_events}).
 */
enum Annotation {
  /** No text stood there. */
  NONE,
  /** It sets what it names and no more. */
  PLAIN,
  /** It sets columns that it does not name to their defaults. */
  REPLACE,
  /** One that may do either, such as LOAD DATA. */
  OTHER;

  private static final int KEPT = 80;
  private static final int LENGTH_AT = 9;

  /** The event with no more of the text than tells the kind. */
  static Event beginning(Event event) {
    int body = Math.min(KEPT, event.bodyEnd() - event.bodyStart());
    int length = Event.HEADER + body;
    int header = event.bodyStart() - Event.HEADER;
    byte[] small = Arrays.copyOfRange(event.bytes(), header, header + length);
    for (int i = 0; i < Integer.BYTES; i++) {
      small[LENGTH_AT + i] = (byte) (length >> (8 * i));
    }
    return new Event(small, 0, length, false);
  }

  static Annotation of(Event event) {
    int length = event.bodyEnd() - event.bodyStart();
    String text = new String(event.bytes(), event.bodyStart(), length, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < length && !Character.isLetter(text.charAt(at))) {
      int end = text.startsWith("/*", at) ? text.indexOf("*/", at) : -1;
      at = end < 0 ? at + 1 : end + 2;
    }
    int end = at;
    while (end < length && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return switch (text.substring(at, end).toUpperCase(Locale.ROOT)) {
      case "INSERT", "UPDATE", "DELETE" -> PLAIN;
      case "REPLACE" -> REPLACE;
      default -> OTHER;
    };
  }
}
