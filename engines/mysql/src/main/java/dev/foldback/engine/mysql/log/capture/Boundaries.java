package dev.foldback.engine.mysql.log.capture;

import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import dev.foldback.engine.mysql.log.GtidEvents;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where transactions begin and end, from events as they are. Each begins with a GTID event, also
 * where GTIDs are off. It ends with XID, XA PREPARE, a payload of a whole transaction, or a
 * statement: COMMIT or ROLLBACK, or the only one where none has begun it.
 */
final class Boundaries {
  private static final int LONGEST = 16;

  private GtidEvents.@Nullable Begin open;
  private boolean inStatements;

  /**
   * A transaction that has ended.
   *
   * @param gtid empty where it has none
   */
  record Ended(String gtid, Instant committed) {}

  /** Whether a transaction is open after what was told. */
  boolean isOpen() {
    return open != null;
  }

  /**
   * Hears of an event.
   *
   * @param event perhaps only its beginning
   * @return the transaction that it ends
   */
  Optional<Ended> next(Event event) {
    return switch (event.type()) {
      case EventType.GTID,
          EventType.ANONYMOUS_GTID,
          EventType.GTID_TAGGED,
          EventType.MARIADB_GTID ->
          begin(event);
      case EventType.XID, EventType.XA_PREPARE, EventType.TRANSACTION_PAYLOAD, EventType.INCIDENT ->
          end(event);
      case EventType.QUERY -> query(event, Statements.text(event, LONGEST));
      case EventType.QUERY_COMPRESSED, EventType.EXECUTE_LOAD_QUERY ->
          inStatements ? Optional.empty() : end(event);
      default -> Optional.empty();
    };
  }

  private Optional<Ended> begin(Event event) {
    GtidEvents.Begin begun = GtidEvents.begin(event);
    open = begun;
    // MariaDB's GTID stands for BEGIN where it does not stand alone.
    inStatements = event.type() == EventType.MARIADB_GTID && !begun.standalone();
    return Optional.empty();
  }

  private Optional<Ended> query(Event event, String start) {
    if (start.equals("BEGIN") || start.startsWith("XA START")) {
      inStatements = true;
      return Optional.empty();
    }
    boolean ends =
        start.equals("COMMIT")
            || start.equals("ROLLBACK")
            || start.startsWith("XA COMMIT")
            || start.startsWith("XA ROLLBACK");
    return ends || !inStatements ? end(event) : Optional.empty();
  }

  private Optional<Ended> end(Event event) {
    GtidEvents.Begin begun = open;
    open = null;
    inStatements = false;
    if (begun == null) {
      return Optional.empty();
    }
    Instant committed = begun.committed().orElseGet(() -> Instant.ofEpochSecond(event.timestamp()));
    return Optional.of(new Ended(begun.gtid(), committed));
  }

  /** The file has ended: what was open in it never committed. */
  void fileEnded() {
    open = null;
    inStatements = false;
  }
}
