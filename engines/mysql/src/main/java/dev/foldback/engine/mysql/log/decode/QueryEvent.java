package dev.foldback.engine.mysql.log.decode;

import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.nio.charset.StandardCharsets;

/** The parts of a QUERY event. */
final class QueryEvent {
  /** When it began, in seconds since 1970. */
  final long seconds;

  /** The code that it ended with on the source; 0 for none. */
  final int error;

  /** The status variables as they are. */
  final byte[] variables;

  /** The default schema. */
  final String schema;

  /** The statement in its client's character set. */
  final byte[] text;

  QueryEvent(Event event) {
    Cursor in = new Cursor();
    in.set(event.bytes(), event.bodyStart(), event.bodyEnd());
    seconds = event.timestamp();
    in.take(8);
    int length = in.u8();
    error = in.u16();
    variables = in.copy(in.u16());
    schema = in.text(length);
    in.u8();
    text =
        event.type() == EventType.QUERY_COMPRESSED
            ? Inflated.event(in.bytes, in.at, in.end)
            : in.copy(in.left());
  }

  /** The text, right as far as it is ASCII: for statements that the server itself words. */
  String ascii() {
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
