package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.TableName;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.Transaction;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns binary log bytes into calls of a listener. Stretches of the log are given one after the
 * other; each begins at an event, and a transaction may begin in one and end in the next. Memory
 * holds one event and some MiB of one transaction; larger transactions wait in a file. Checksums
 * are verified where there are any. What can't be decided fails with {@code LOG_NOT_FOLDABLE},
 * damage with {@code LOG_DAMAGED}; both name file and offset, and what was told before stands. Not
 * for several threads.
 */
public final class LogDecoder implements AutoCloseable {
  private static final byte[] MAGIC = {(byte) 0xFE, 'b', 'i', 'n'};
  private static final long POSITIONS = 1L << 32;

  /** Flag of an event that readers may pass over if they do not know it. */
  private static final int IGNORABLE = 0x80;

  private static final String NEW_SNAPSHOT = "Take a new snapshot with foldback backup --full.";

  private final Transactions transactions;
  private @Nullable LogFormat format;
  private String file = "";
  private boolean afterFormat;

  /**
   * @param tables the definition of a table as of the place that is being decoded; null where its
   *     rows are not wanted. Asked again for each table after each statement that the listener was
   *     told
   * @param listener hears what happened
   * @param folder where transactions that are too large for memory wait, in files for their owner
   *     alone that go as soon as they are told
   */
  public LogDecoder(
      Function<TableName, @Nullable LoggedTable> tables, ChangeListener listener, Path folder) {
    this.transactions = new Transactions(tables, listener, folder);
  }

  /**
   * Asks before each transaction whether it is still wanted. The first one that is not stops the
   * decoder: neither it nor anything after it is told.
   */
  public void whileWanted(Predicate<Transaction> wanted) {
    transactions.wanted = wanted;
  }

  /** A transaction that is open never came to its end. */
  void abandon() {
    transactions.abandon();
  }

  /** Whether a transaction came that was not wanted any more. */
  public boolean isStopped() {
    return transactions.isStopped();
  }

  /** Whether a transaction has begun whose end was not given yet. Of it nothing was told. */
  public boolean isInTransaction() {
    return transactions.isOpen();
  }

  /**
   * Takes the format of the events that follow, where they do not begin with it. A transaction that
   * is open stays open.
   *
   * @param event a FORMAT_DESCRIPTION event with its header
   */
  public void format(byte[] event) {
    LogPlace at = new LogPlace(file, 0);
    if (event.length < Event.HEADER
        || Event.lengthAt(event, 0) != event.length
        || (event[4] & 0xFF) != EventType.FORMAT_DESCRIPTION) {
      throw LogErrors.damaged(at, "what should describe the format is no format description");
    }
    take(LogFormat.of(event, 0, event.length, at));
  }

  private void take(LogFormat next) {
    transactions.mariaDb = next.mariaDb();
    format = next;
  }

  /**
   * Decodes a stretch of a file to its end, or until a transaction comes that is not wanted.
   *
   * @param logFile the file's name on the server
   * @param offset where in the file the stretch begins; at 0 stands the file's magic number
   * @return false if it stopped
   */
  public boolean decode(String logFile, long offset, InputStream stretch) {
    file = logFile;
    afterFormat = false;
    try {
      PushbackInputStream in = new PushbackInputStream(stretch, MAGIC.length);
      return events(offset + magic(in), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int magic(PushbackInputStream in) throws IOException {
    byte[] first = in.readNBytes(MAGIC.length);
    if (Arrays.equals(first, MAGIC)) {
      return MAGIC.length;
    }
    in.unread(first);
    return 0;
  }

  private boolean events(long offset, InputStream in) throws IOException {
    EventReader reader = new EventReader(in);
    long at = offset;
    while (!transactions.isStopped()) {
      LogPlace place = new LogPlace(file, at);
      int length = reader.next(place);
      if (length == 0) {
        return true;
      }
      Event event = event(reader.bytes(), length, place);
      if (!event.isArtificial()) {
        at = end(event, at, place);
        dispatch(event, place, at);
      }
    }
    return false;
  }

  private Event event(byte[] bytes, int length, LogPlace place) {
    if ((bytes[4] & 0xFF) == EventType.FORMAT_DESCRIPTION) {
      LogFormat next = LogFormat.of(bytes, 0, length, place);
      if (next.created() != 0) {
        // The server started anew: a transaction that it was writing never came to its end.
        transactions.abandon();
      }
      take(next);
    }
    if (format == null) {
      throw LogErrors.damaged(place, "its first event is no format description");
    }
    Event event = new Event(bytes, 0, length, format.checksummed());
    if (event.bodyEnd() < event.bodyStart()) {
      throw LogErrors.damaged(place, "an event of " + length + " bytes");
    }
    if (!event.isSound()) {
      throw LogErrors.damaged(place, "an event of " + length + " bytes does not fit its checksum");
    }
    return event;
  }

  /** Where the event ends, which it says itself, in 32 bits. */
  private long end(Event event, long at, LogPlace place) {
    long end = at + event.length();
    long said = event.endPosition();
    if (said != 0 && said != end % POSITIONS) {
      long later = end + Math.floorMod(said - end, POSITIONS);
      // Readers do not get the event that says how a file is encrypted, which stands there.
      boolean gap = afterFormat && later - end < Event.HEADER * 4;
      if (!gap) {
        throw LogErrors.damaged(
            place,
            "an event should end at " + end + " and says " + said + ": bytes are missing or twice");
      }
      end = later;
    }
    afterFormat = event.type() == EventType.FORMAT_DESCRIPTION;
    return end;
  }

  private void dispatch(Event event, LogPlace at, long endOffset) throws IOException {
    LogPlace end = new LogPlace(file, endOffset);
    if (event.type() == EventType.TRANSACTION_PAYLOAD) {
      payload(event, at, end);
    } else {
      one(event, at, end, format != null && format.checksummed());
    }
  }

  /** The events of a compressed transaction stand inside one event, without checksums. */
  private void payload(Event event, LogPlace at, LogPlace end) throws IOException {
    try (InputStream in = Payload.open(event)) {
      EventReader reader = new EventReader(in);
      for (int length = reader.next(at); length != 0; length = reader.next(at)) {
        one(new Event(reader.bytes(), 0, length, false), at, end, false);
      }
    } catch (IndexOutOfBoundsException | IOException e) {
      throw LogErrors.damaged(at, "a compressed transaction can't be opened", e);
    }
  }

  private void one(Event event, LogPlace at, LogPlace end, boolean checksummed) {
    try {
      switch (event.type()) {
        case EventType.GTID,
            EventType.ANONYMOUS_GTID,
            EventType.GTID_TAGGED,
            EventType.MARIADB_GTID ->
            transactions.begin(Gtid.of(event), at);
        case EventType.QUERY, EventType.QUERY_COMPRESSED ->
            transactions.query(event, checksummed, at, end);
        case EventType.ANNOTATE_ROWS -> transactions.annotate(event, at);
        case EventType.XID -> transactions.commit(at, end);
        case EventType.XA_PREPARE -> transactions.prepare(event, at, end);
        case EventType.FORMAT_DESCRIPTION,
            EventType.ROTATE,
            EventType.STOP,
            EventType.HEARTBEAT,
            EventType.HEARTBEAT_V2,
            EventType.IGNORABLE,
            EventType.ROWS_QUERY,
            EventType.PREVIOUS_GTIDS,
            EventType.MARIADB_GTID_LIST,
            EventType.BINLOG_CHECKPOINT,
            EventType.START_ENCRYPTION,
            EventType.TRANSACTION_CONTEXT,
            EventType.VIEW_CHANGE,
            // They belong to statements, and a statement that needs them is refused itself.
            EventType.INTVAR,
            EventType.RAND,
            EventType.USER_VAR -> {}
        default -> other(event, checksummed, at);
      }
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw LogErrors.damaged(
          at, "an event of type " + event.type() + " is not built as such: " + e.getMessage(), e);
    }
  }

  private void other(Event event, boolean checksummed, LogPlace at) {
    int type = event.type();
    if (Transactions.isRows(type)) {
      transactions.change(event, checksummed, at);
    } else if (type == EventType.INCIDENT) {
      throw LogErrors.refused(
          at, "says that the server lost events there (an incident)", NEW_SNAPSHOT);
    } else if (type == EventType.BEGIN_LOAD_QUERY || type == EventType.EXECUTE_LOAD_QUERY) {
      throw LogErrors.refused(
          at,
          "holds a LOAD DATA as a statement, not as rows",
          "Run SET GLOBAL binlog_format='ROW' on the source. " + NEW_SNAPSHOT);
    } else if ((event.flags() & IGNORABLE) == 0) {
      throw LogErrors.refused(
          at, "holds an event of type " + type + ", which Foldback does not know", NEW_SNAPSHOT);
    }
  }

  @Override
  public void close() {
    transactions.close();
  }
}
