package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.Position;
import dev.foldback.core.frame.Hashing;
import dev.foldback.core.log.LastEvent;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogStretch;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What was handed out since the last cut, and how much of it is whole transactions. */
final class StretchCount {
  private Position.Binlog from;
  private LogPlace end;
  private String gtids;
  private @Nullable Instant first;
  private @Nullable Instant last;
  private long transactions;
  private long events;
  private long wholeEvents;
  private long notFollowed;
  private long wholeNotFollowed;
  private long statements;
  private long wholeStatements;
  private @Nullable Instant latest;
  private long bytes;
  private long wholeBytes;
  private @Nullable LastEvent newest;
  private Optional<LastEvent> lastWhole;
  private boolean fileEnds;

  /**
   * @param last the event before {@code from}
   * @param fileEnds whether {@code from} is the end of its file
   */
  StretchCount(Position.Binlog from, Optional<LastEvent> last, boolean fileEnds) {
    this.from = from;
    this.end = new LogPlace(from.file(), from.offset());
    this.gtids = from.gtids();
    this.lastWhole = last;
    this.fileEnds = fileEnds;
  }

  void event(LogPlace at, long length, byte[] hash) {
    events++;
    bytes += length;
    newest = new LastEvent(at.file(), at.offset(), length, Hashing.hex(hash));
  }

  void transaction(Instant committed) {
    transactions++;
    first = first == null ? committed : first;
    last = committed;
    latest = latest == null || committed.isAfter(latest) ? committed : latest;
  }

  /** A statement was handed out that no fold follows. */
  void notFollowed() {
    notFollowed++;
  }

  /** An event was handed out that is neither rows nor the border of a transaction. */
  void statement() {
    statements++;
  }

  /** All so far may be cut here. */
  void whole(LogPlace place) {
    end = place;
    wholeEvents = events;
    wholeNotFollowed = notFollowed;
    wholeStatements = statements;
    wholeBytes = bytes;
    if (newest != null) {
      lastWhole = Optional.of(newest);
      newest = null;
    }
  }

  void fileEnds(LogPlace place) {
    whole(place);
    fileEnds = true;
  }

  boolean hasFileEnded() {
    return fileEnds;
  }

  /** The next file begins where nothing was handed out of the one before. */
  void nextFile(LogPlace place, String before) {
    from = new Position.Binlog(place.file(), place.offset(), before);
    end = place;
    fileEnds = false;
  }

  /**
   * The stretch up to the last whole place, and begins the next one.
   *
   * @param executed the transactions up to that place
   * @param next where the next one begins if the file has ended
   */
  LogStretch cut(byte[] format, String executed, LogPlace next) {
    gtids = executed;
    Position.Binlog to = new Position.Binlog(end.file(), end.offset(), gtids);
    LogStretch stretch =
        new LogStretch(
            from,
            to,
            Base64.getEncoder().encodeToString(format),
            Optional.ofNullable(first),
            Optional.ofNullable(last),
            transactions,
            wholeEvents,
            wholeBytes,
            lastWhole,
            fileEnds,
            wholeNotFollowed,
            OptionalLong.of(wholeStatements),
            Optional.ofNullable(latest));
    from = fileEnds ? new Position.Binlog(next.file(), next.offset(), gtids) : to;
    end = new LogPlace(from.file(), from.offset());
    fileEnds = false;
    first = null;
    last = null;
    latest = null;
    transactions = 0;
    events = 0;
    wholeEvents = 0;
    notFollowed = 0;
    wholeNotFollowed = 0;
    statements = 0;
    wholeStatements = 0;
    bytes = 0;
    wholeBytes = 0;
    return stretch;
  }
}
