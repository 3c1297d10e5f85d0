package dev.foldback.engine.mysql.log.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.frame.Hashing;
import dev.foldback.core.log.LastEvent;
import dev.foldback.core.log.LogBrokenException;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogItem;
import dev.foldback.core.log.LogStretch;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a server might send, made by hand: what no server at hand does, and what none should. */
class BinlogFeedTest {
  private static final int XID = Event.HEADER + 8 + Event.CHECKSUM;
  private static final int GTID = Event.HEADER + 19 + Event.CHECKSUM;
  private static final int ROW = Event.HEADER + 10 + Event.CHECKSUM;

  private static byte[] xid(long end) {
    return Dump.event(EventType.XID, end, 0, new byte[8]);
  }

  private static byte[] rows(long end) {
    return Dump.event(EventType.WRITE_ROWS_V1, end, 0, new byte[10]);
  }

  /** What a server sends first for the middle of a file. */
  private static Dump middle() {
    return new Dump().add(Dump.rotate(Dump.FILE, 0, Event.ARTIFICIAL)).add(Dump.format(0));
  }

  private static LogStretch all(LogFeed feed) {
    while (true) {
      switch (feed.next()) {
        case LogItem.End _, LogItem.FileEnd _ -> {
          return feed.cut();
        }
        case LogItem.Bytes _, LogItem.Quiet _ -> {}
      }
    }
  }

  private static void refused(LogFeed feed, String words) {
    assertThatThrownBy(() -> all(feed))
        .isInstanceOf(LogBrokenException.class)
        .hasMessageContaining(words);
  }

  @Test
  void eventsWithoutEndPositionInsideOfATransactionCount() throws Exception {
    LogFeed feed =
        middle()
            .add(Dump.begin(2, 1000 + GTID))
            .add(rows(0))
            .add(xid(1000 + GTID + ROW + XID))
            .end()
            .feed(1000, 1000, Optional.empty());
    LogStretch stretch = all(feed);
    assertThat(stretch.bytes()).isEqualTo(GTID + ROW + XID);
    assertThat(stretch.to())
        .isEqualTo(new Position.Binlog(Dump.FILE, 1000 + GTID + ROW + XID, "0-1-2"));
  }

  @Test
  void anEventThatIsMissingIsNoticedAtTheNextThatTellsItsEnd() throws Exception {
    refused(
        middle()
            .add(Dump.begin(2, 1000 + GTID))
            .add(xid(1000 + GTID + ROW + XID))
            .end()
            .feed(1000, 1000, Optional.empty()),
        "something is missing before it");
  }

  @Test
  void aFlippedBitIsNoticed() throws Exception {
    byte[] bad = rows(0);
    bad[Event.HEADER + 3] ^= 4;
    refused(
        middle().add(Dump.begin(2, 1000 + GTID)).add(bad).end().feed(1000, 1000, Optional.empty()),
        "wrong checksum");
  }

  @Test
  void whatMariaDbTellsOfEncryptionInTheMiddleOfAFileIsNotPartOfTheLog() throws Exception {
    LogFeed feed =
        middle()
            .add(Dump.event(EventType.START_ENCRYPTION, 0, 0x80, new byte[17]))
            .add(Dump.begin(2, 1000 + GTID))
            .add(xid(1000 + GTID + XID))
            .end()
            .feed(1000, 1000, Optional.empty());
    assertThat(all(feed).bytes()).isEqualTo(GTID + XID);
  }

  @Test
  void aTransactionThatIsStillOpenIsPartOfNoStretch() throws Exception {
    LogFeed feed =
        middle()
            .add(Dump.begin(2, 1000 + GTID))
            .add(xid(1000 + GTID + XID))
            .add(Dump.begin(3, 1000 + 2 * GTID + XID))
            .add(rows(0))
            .end()
            .feed(1000, 1000, Optional.empty());
    LogStretch stretch = all(feed);
    assertThat(stretch.bytes()).isEqualTo(GTID + XID);
    assertThat(stretch.transactions()).isEqualTo(1);
    assertThat(stretch.to()).isEqualTo(new Position.Binlog(Dump.FILE, 1000 + GTID + XID, "0-1-2"));
  }

  @Test
  void theLastStoredEventMustBeThereByteForByte() throws Exception {
    byte[] last = xid(1000);
    LastEvent known = known(last);
    LogFeed feed = middle().add(last).end().feed(1000 - XID, 1000, Optional.of(known));
    assertThat(all(feed).bytes()).isZero();
    byte[] other = Dump.event(EventType.XID, 1000, 0, new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
    refused(middle().add(other).end().feed(1000 - XID, 1000, Optional.of(known)), "is another one");
    refused(middle().end().feed(1000 - XID, 1000, Optional.of(known)), "the log ends at");
  }

  private static LastEvent known(byte[] event) {
    String hash = Hashing.hex(Hashing.sha256().digest(event));
    return new LastEvent(Dump.FILE, 1000 - event.length, event.length, hash);
  }

  @Test
  void aFileThatIsLeftOutIsNoticed() throws Exception {
    Dump next = middle().add(Dump.rotate("binlog.000008", 0, Event.ARTIFICIAL)).end();
    assertThat(all(next.feed(1000, 1000, Optional.empty())).fileEnds()).isTrue();
    refused(
        middle()
            .add(Dump.rotate("binlog.000009", 0, Event.ARTIFICIAL))
            .end()
            .feed(1000, 1000, Optional.empty()),
        "goes on with binlog.000009");
  }

  @Test
  void anIncidentIsRefused() throws Exception {
    refused(
        middle()
            .add(Dump.event(EventType.INCIDENT, 1000 + ROW, 0, new byte[10]))
            .end()
            .feed(1000, 1000, Optional.empty()),
        "INCIDENT");
  }

  @Test
  void aConnectionThatEndsInTheMiddleIsLostAndNotTheEnd() throws Exception {
    LogFeed feed = middle().add(Dump.begin(2, 1000 + GTID)).feed(1000, 1000, Optional.empty());
    assertThatThrownBy(() -> all(feed))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_LOST));
    assertThat(feed.cut().bytes()).isZero();
  }
}
