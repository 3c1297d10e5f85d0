package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.frame.Hashing;
import dev.foldback.core.log.LastEvent;
import dev.foldback.core.log.LogBrokenException;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogItem;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogStretch;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dump, event after event. What the server makes up for its replicas (a ROTATE before each file,
 * the format description in the middle of a file, heartbeats) steers the reading and is not handed
 * out; all else must begin exactly where the event before it ended.
 */
final class BinlogFeed implements LogFeed {
  private final DumpStream stream;
  private final ServerClock clock;
  private final boolean once;
  private final Known known;
  private final FileStarts starts;
  private final LogFile file;
  private final StretchCount count;
  private final Boundaries boundaries = new Boundaries();
  private final EventSum sum = new EventSum();

  /** Events up to the known place are looked at and not handed out. */
  private boolean passing;

  /** Bytes of an event that are still to come in packets of their own. */
  private long rest;

  private long length;
  private @Nullable LogPlace start;
  private Optional<Boundaries.Ended> ended = Optional.empty();
  private boolean notFollowed;
  private boolean statement;

  BinlogFeed(DumpStream stream, ServerClock clock, boolean once, FileStarts starts, Known known) {
    this.stream = stream;
    this.clock = clock;
    this.once = once;
    this.starts = starts;
    this.known = known;
    this.file = new LogFile(known.start().file(), known.dumpFrom());
    this.count = new StretchCount(known.start(), known.last(), known.fileEnds());
    this.passing = known.dumpFrom() < known.start().offset();
  }

  @Override
  public LogItem next() {
    while (true) {
      LogItem item = rest > 0 ? morePieces() : event();
      if (item != null) {
        return item;
      }
    }
  }

  private @Nullable LogItem event() {
    if (!stream.next()) {
      return end();
    }
    boolean large = stream.hasMore();
    length =
        stream.length() < Event.HEADER
            ? 0
            : Integer.toUnsignedLong(Event.lengthAt(stream.bytes(), stream.at()));
    if (length < Event.HEADER || (large ? length < stream.length() : length != stream.length())) {
      throw file.broken("an event of " + length + " bytes comes with " + stream.length());
    }
    Event event =
        new Event(stream.bytes(), stream.at(), stream.length(), file.checksummed() && !large);
    return switch (event.type()) {
      case EventType.HEARTBEAT, EventType.HEARTBEAT_V2 -> heartbeat(event);
      case EventType.ROTATE -> isMadeUp(event) ? rotate(LogFile.named(event)) : logged(event);
      case EventType.FORMAT_DESCRIPTION -> describe(event);
      default -> isMadeUp(event) ? madeUp(event) : logged(event);
    };
  }

  /** Something small that the server tells its replicas. */
  private @Nullable LogItem madeUp(Event event) {
    if (stream.hasMore()) {
      throw file.broken(
          "an event of type " + event.type() + " and " + length + " bytes has no place in the log");
    }
    return null;
  }

  /**
   * From 11.4 on MariaDB leaves the end position out inside of transactions; and in the middle of a
   * file it tells again that the file is encrypted.
   */
  private boolean isMadeUp(Event event) {
    boolean inside = boundaries.isOpen() || passing;
    return event.isArtificial()
        || (event.endPosition() == 0 && (!inside || event.type() == EventType.START_ENCRYPTION));
  }

  private LogItem end() {
    if (!once) {
      throw new FoldbackException(
          ErrorCode.SERVER_LOST,
          "the server has ended the reading of its log",
          "Look into the server's error log.");
    }
    requirePassed();
    return new LogItem.End(clock.now());
  }

  private void requirePassed() {
    if (passing) {
      throw notThere("the log ends at " + file.place());
    }
  }

  /** It tells where the server is: all up to there was sent. */
  private LogItem heartbeat(Event event) {
    requirePassed();
    boolean here = event.endPosition() == (file.offset() & 0xFFFFFFFFL);
    return here
        ? new LogItem.Quiet(clock.now())
        : new LogItem.Bytes(ByteBuffer.allocate(0), !boundaries.isOpen());
  }

  private @Nullable LogItem rotate(String name) {
    if (name.equals(file.name())) {
      return null;
    }
    requirePassed();
    LogPlace end = file.place();
    boolean told = count.hasFileEnded();
    file.follow(name);
    boundaries.fileEnded();
    if (told) {
      count.nextFile(file.place(), starts.text());
      return null;
    }
    count.fileEnds(end);
    return new LogItem.FileEnd();
  }

  private @Nullable LogItem describe(Event event) {
    boolean ofKnown = file.name().equals(known.start().file());
    file.describe(event, ofKnown ? known.format() : "");
    boolean first = file.offset() == LogOrder.FILE_START && event.endPosition() != 0;
    return first ? logged(event) : null;
  }

  /** An event of the file, or its first piece. */
  private @Nullable LogItem logged(Event event) {
    file.requireHere(event, length);
    if (event.type() == EventType.INCIDENT) {
      throw new LogBrokenException(
          "incident",
          "at " + file.place() + " the server itself notes that its log lacks changes (INCIDENT)",
          null);
    }
    start = file.place();
    ended = boundaries.next(event);
    notFollowed = Statements.isNotFollowed(event);
    statement = !Statements.isOfRows(event);
    if (!passing) {
      starts.begin(event, file.name());
    }
    sum.begin(length, file.checksummed());
    rest = length;
    return piece();
  }

  private @Nullable LogItem morePieces() {
    stream.nextPiece();
    if (stream.length() > rest || (!stream.hasMore() && stream.length() != rest)) {
      throw file.broken("an event of " + length + " bytes has another length");
    }
    return stream.length() == 0 ? null : piece();
  }

  private @Nullable LogItem piece() {
    sum.add(stream.bytes(), stream.at(), stream.length());
    rest -= stream.length();
    boolean passed = passing;
    if (rest == 0) {
      finish();
    }
    if (passed) {
      return null;
    }
    boolean whole = rest == 0 && !boundaries.isOpen();
    return new LogItem.Bytes(ByteBuffer.wrap(stream.bytes(), stream.at(), stream.length()), whole);
  }

  private void finish() {
    if (!sum.end(file.checksummed())) {
      throw file.broken("the event there has a wrong checksum");
    }
    LogPlace at = Objects.requireNonNull(start);
    file.advance(length);
    if (passing) {
      pass(at);
      return;
    }
    count.event(at, length, sum.hash());
    if (notFollowed) {
      count.notFollowed();
    }
    if (statement) {
      count.statement();
    }
    ended.ifPresent(
        transaction -> {
          starts.ended(transaction.gtid());
          count.transaction(transaction.committed());
        });
    if (!boundaries.isOpen()) {
      count.whole(file.place());
    }
  }

  /** The event before the known place must be the one that is known. */
  private void pass(LogPlace at) {
    long goal = known.start().offset();
    if (file.offset() > goal) {
      throw notThere("no event ends there");
    }
    if (file.offset() == goal) {
      passing = false;
      Optional<LastEvent> last = known.last().filter(l -> l.file().equals(at.file()));
      boolean same =
          last.map(
                  l ->
                      l.offset() == at.offset()
                          && l.length() == length
                          && l.sha256().equals(Hashing.hex(sum.hash())))
              .orElse(true);
      if (!same) {
        throw notThere("the event before it is another one");
      }
    }
  }

  private LogBrokenException notThere(String why) {
    return new LogBrokenException(
        "reset",
        "the log does not go on at "
            + known.start().file()
            + ":"
            + known.start().offset()
            + ", where the stored log ends: "
            + why
            + ", so the log was reset, or its end was lost in a crash",
        null);
  }

  @Override
  public LogStretch cut() {
    return count.cut(file.format(), starts.text(), file.place());
  }

  @Override
  public void close() {
    stream.close();
  }
}
