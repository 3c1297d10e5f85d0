package dev.foldback.engine.mysql.log.capture;

import dev.foldback.engine.mysql.ddl.DdlStatement;
import dev.foldback.engine.mysql.ddl.StatementWords;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import dev.foldback.engine.mysql.log.decode.Inflated;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Looks at the texts of statements in the log. */
final class Statements {
  private static final int QUERY_HEADER = 13;

  /** More than what comes before the words that tell what a statement does. */
  private static final int LOOK = 1 << 18;

  /** More than the words of a transaction's borders have. */
  private static final int SHORT = 16;

  /** Flags and sql_mode are the first status variables: a code, 4 bytes, a code, 8 bytes. */
  private static final int MODE_AT = 5;

  private static final int ANSI_QUOTES = 1 << 2;
  private static final int NO_BACKSLASH_ESCAPES = 1 << 20;

  private static final Set<String> OF_TRANSACTIONS =
      Set.of("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "XA", "START");

  private Statements() {}

  /**
   * Whether the event holds a statement whose effect no fold carries: one that changes accounts or
   * what belongs to the whole server, rows that are logged as text, or one that is not known.
   *
   * @param event perhaps only its beginning
   */
  static boolean isNotFollowed(Event event) {
    return switch (event.type()) {
      case EventType.EXECUTE_LOAD_QUERY -> true;
      case EventType.QUERY, EventType.QUERY_COMPRESSED -> {
        try {
          yield isNotFollowed(text(event, LOOK), modes(event));
        } catch (IndexOutOfBoundsException e) {
          // What can't be looked at is not promised.
          yield true;
        }
      }
      default -> false;
    };
  }

  /**
   * Whether the event is a change of rows, belongs to a transaction of such, or says nothing about
   * data. What is not known is none.
   *
   * @param event perhaps only its beginning
   */
  static boolean isOfRows(Event event) {
    return switch (event.type()) {
      case EventType.GTID,
          EventType.ANONYMOUS_GTID,
          EventType.GTID_TAGGED,
          EventType.MARIADB_GTID,
          EventType.TABLE_MAP,
          EventType.WRITE_ROWS_V1,
          EventType.UPDATE_ROWS_V1,
          EventType.DELETE_ROWS_V1,
          EventType.WRITE_ROWS_V2,
          EventType.UPDATE_ROWS_V2,
          EventType.DELETE_ROWS_V2,
          EventType.PARTIAL_UPDATE_ROWS,
          EventType.WRITE_ROWS_COMPRESSED_V1,
          EventType.UPDATE_ROWS_COMPRESSED_V1,
          EventType.DELETE_ROWS_COMPRESSED_V1,
          EventType.WRITE_ROWS_COMPRESSED_V2,
          EventType.UPDATE_ROWS_COMPRESSED_V2,
          EventType.DELETE_ROWS_COMPRESSED_V2,
          EventType.XID,
          EventType.ROWS_QUERY,
          EventType.ANNOTATE_ROWS,
          EventType.FORMAT_DESCRIPTION,
          EventType.ROTATE,
          EventType.STOP,
          EventType.HEARTBEAT,
          EventType.HEARTBEAT_V2,
          EventType.PREVIOUS_GTIDS,
          EventType.MARIADB_GTID_LIST,
          EventType.BINLOG_CHECKPOINT,
          EventType.START_ENCRYPTION,
          EventType.TRANSACTION_CONTEXT,
          EventType.VIEW_CHANGE ->
          true;
      case EventType.QUERY -> {
        String start = text(event, SHORT);
        // A savepoint matters to rows alone: what else stands after one commits by itself.
        yield start.equals("BEGIN")
            || start.equals("COMMIT")
            || start.startsWith("SAVEPOINT ")
            || start.startsWith("ROLLBACK TO ")
            || start.startsWith("RELEASE SAVEPOI");
      }
      default -> false;
    };
  }

  /**
   * @param sql its beginning at least
   * @param modes names of those parts of sql_mode that say where words end
   */
  static boolean isNotFollowed(String sql, String modes) {
    if (sql.equals("BEGIN") || sql.equals("COMMIT")) {
      return false;
    }
    StatementWords words = new StatementWords(sql, modes);
    if (words.changesRows()) {
      return !words.emptiesTable();
    }
    return switch (DdlStatement.parse(sql, modes, "").kind()) {
      case ACCOUNT, SERVER -> true;
      case OTHER -> !OF_TRANSACTIONS.contains(words.first());
      default -> false;
    };
  }

  /** The beginning of a statement's text, or all of it where it is short. */
  static String text(Event event, int longest) {
    byte[] bytes = event.bytes();
    int body = event.bodyStart();
    int schema = bytes[body + 8] & 0xFF;
    int variables = (bytes[body + 11] & 0xFF) | (bytes[body + 12] & 0xFF) << 8;
    int from = body + QUERY_HEADER + variables + schema + 1;
    int end = Math.min(event.bodyEnd(), bytes.length);
    if (from >= end) {
      return "";
    }
    return event.type() == EventType.QUERY_COMPRESSED
        ? new String(Inflated.beginning(bytes, from, end, longest), StandardCharsets.ISO_8859_1)
        : new String(bytes, from, Math.min(longest, end - from), StandardCharsets.ISO_8859_1);
  }

  private static String modes(Event event) {
    byte[] bytes = event.bytes();
    int at = event.bodyStart() + QUERY_HEADER;
    if (at + MODE_AT + 4 >= bytes.length || bytes[at] != 0 || bytes[at + MODE_AT] != 1) {
      return "";
    }
    int mode = (bytes[at + MODE_AT + 1] & 0xFF) | (bytes[at + MODE_AT + 3] & 0xFF) << 16;
    String quotes = (mode & ANSI_QUOTES) != 0 ? "ANSI_QUOTES" : "";
    return (mode & NO_BACKSLASH_ESCAPES) != 0 ? quotes + ",NO_BACKSLASH_ESCAPES" : quotes;
  }
}
