package dev.foldback.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Origin;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogItem;
import dev.foldback.core.log.LogStretch;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.log.Segments;
import dev.foldback.core.progress.Progress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmentCuttingTest {
  private static final Instant NOON = Segments.NOON;
  private final Writer writer = new Writer();
  private final Feed feed = new Feed();
  private final SegmentCutting cutting = cutting(Duration.ofHours(1));

  private SegmentCutting cutting(Duration maxLag) {
    return cutting(maxLag, Optional.empty());
  }

  private SegmentCutting cutting(Duration maxLag, Optional<PointCheck> check) {
    CaptureOptions options = new CaptureOptions(new SourceName("shop"), false, maxLag, false, 1);
    ServerInfo server = new ServerInfo("mysql", "8.0.31", "server", Map.of());
    SegmentCutting made = new SegmentCutting(writer, options, () -> server, check, Progress.NONE);
    made.begin(true, Optional.empty());
    return made;
  }

  /** Counts what it is given, as an engine's feed counts what it hands out. */
  private static final class Feed implements LogFeed {
    private long from = 4;
    private long to = 4;
    private long whole = 4;
    private boolean fileEnds;

    LogItem bytes(int length, boolean isWhole) {
      to += length;
      whole = isWhole ? to : whole;
      return new LogItem.Bytes(ByteBuffer.allocate(length), isWhole);
    }

    LogItem fileEnd() {
      whole = to;
      fileEnds = true;
      return new LogItem.FileEnd();
    }

    @Override
    public LogItem next() {
      throw new AssertionError("items are given by the test");
    }

    @Override
    public LogStretch cut() {
      LogStretch stretch = Segments.stretch("b.000001", from, whole, fileEnds);
      from = whole;
      fileEnds = false;
      return stretch;
    }

    @Override
    public void close() {}
  }

  private static final class Writer implements LogWriter {
    private final List<SegmentManifest> committed = new ArrayList<>();
    private long taken;
    private long marked;

    @Override
    public Optional<SegmentManifest> newest() {
      return committed.isEmpty() ? Optional.empty() : Optional.of(committed.getLast());
    }

    @Override
    public void append(ByteBuffer bytes) {
      taken += bytes.remaining();
    }

    @Override
    public void mark() {
      marked = taken;
    }

    @Override
    public long taken() {
      return taken;
    }

    @Override
    public SegmentManifest commit(Contents c) {
      assertThat(c.stretch().bytes()).isEqualTo(marked);
      committed.add(
          new SegmentManifest(
              new SourceName("shop"),
              committed.size() + 1,
              c.server(),
              c.stretch(),
              c.until(),
              NOON,
              c.continues(),
              c.hole(),
              0,
              c.point()));
      forget();
      return committed.getLast();
    }

    @Override
    public void forget() {
      taken = 0;
      marked = 0;
    }

    @Override
    public long sentBytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @Test
  void aSegmentEndsBySizeAndOnlyAfterAWholeTransaction() {
    int size = (int) SegmentCutting.SIZE;
    cutting.take(feed.bytes(100, true), feed);
    cutting.take(feed.bytes(size, false), feed);
    assertThat(writer.committed).isEmpty();
    cutting.take(feed.bytes(10, true), feed);
    assertThat(writer.committed).hasSize(1);
    assertThat(writer.committed.getFirst().stretch().bytes()).isEqualTo(size + 110L);
  }

  @Test
  void aSegmentEndsByAgeAtTheNextWholeTransactionOrQuietMoment() {
    SegmentCutting atOnce = cutting(Duration.ZERO);
    atOnce.take(feed.bytes(10, false), feed);
    atOnce.take(new LogItem.Quiet(NOON), feed);
    assertThat(writer.committed).as("a transaction is open").isEmpty();
    atOnce.take(feed.bytes(10, true), feed);
    assertThat(writer.committed).hasSize(1);
  }

  @Test
  void theEndOfAFileIsCommittedEvenWhereNothingIsLeftOfIt() {
    cutting.take(feed.bytes(10, true), feed);
    cutting.take(new LogItem.End(NOON), feed);
    cutting.take(feed.fileEnd(), feed);
    assertThat(writer.committed).hasSize(2);
    assertThat(writer.committed.getLast().stretch().fileEnds()).isTrue();
    assertThat(writer.committed.getLast().stretch().bytes()).isZero();
  }

  @Test
  void whatIsWholeIsSavedWhenAFeedFailsAndTheRestIsNot() {
    cutting.take(feed.bytes(10, true), feed);
    cutting.take(feed.bytes(7, false), feed);
    cutting.salvage(feed);
    assertThat(writer.committed).hasSize(1);
    assertThat(writer.committed.getFirst().stretch().bytes()).isEqualTo(10);
    cutting.begin(true, Optional.empty());
    cutting.take(feed.bytes(7, false), feed);
    cutting.salvage(feed);
    assertThat(writer.committed).as("nothing whole").hasSize(1);
  }

  @Test
  void aRestorePointIsNotedAfterAllOfItsLogIsStored() {
    Origin origin = new Origin("log", "a test");
    List<Integer> committed = new ArrayList<>();
    SegmentCutting checking =
        cutting(
            Duration.ofHours(1),
            Optional.of(
                () -> {
                  committed.add(writer.committed.size());
                  return Optional.of(origin);
                }));
    checking.take(feed.bytes(10, true), feed);
    assertThat(checking.take(new LogItem.End(NOON), feed)).isTrue();
    assertThat(committed).as("segments when it was asked").containsExactly(1);
    assertThat(writer.committed).hasSize(2);
    assertThat(writer.committed.getFirst().point()).isEmpty();
    SegmentManifest noted = writer.committed.getLast();
    assertThat(noted.point()).contains(origin);
    assertThat(noted.until()).isEqualTo(NOON);
    assertThat(noted.stretch().bytes()).isZero();
    checking.take(new LogItem.End(NOON.plusSeconds(1)), feed);
    assertThat(writer.committed).as("nothing came since").hasSize(3);
    assertThat(committed).containsExactly(1, 2);
  }

  @Test
  void aStretchThatBeginsIsStoredBeforeItIsAskedAboutEvenWhereItIsEmpty() {
    List<Integer> committed = new ArrayList<>();
    SegmentCutting checking =
        cutting(
            Duration.ofHours(1),
            Optional.of(
                () -> {
                  committed.add(writer.committed.size());
                  return Optional.of(new Origin("log", "a test"));
                }));
    checking.begin(false, Optional.empty());
    checking.take(new LogItem.End(NOON), feed);
    assertThat(committed).containsExactly(1);
    assertThat(writer.committed).hasSize(2);
    assertThat(writer.committed.getFirst().continues()).isFalse();
    assertThat(writer.committed.getLast().continues()).isTrue();
    assertThat(writer.committed.getLast().point()).isPresent();
  }

  @Test
  void whereNoRestorePointIsTheLogIsStoredAllTheSame() {
    SegmentCutting checking = cutting(Duration.ofHours(1), Optional.of(Optional::empty));
    checking.take(feed.bytes(10, true), feed);
    checking.take(new LogItem.End(NOON), feed);
    assertThat(writer.committed.stream().mapToLong(s -> s.stretch().bytes()).sum()).isEqualTo(10);
    assertThat(writer.committed).allMatch(s -> s.point().isEmpty());
  }

  @Test
  void quietHoursAreNotedNowAndThenAndNotAllTheTime() {
    cutting.take(new LogItem.Quiet(NOON), feed);
    cutting.take(new LogItem.Quiet(NOON.plusSeconds(300)), feed);
    assertThat(writer.committed).hasSize(1);
    cutting.take(new LogItem.Quiet(NOON.plusSeconds(601)), feed);
    assertThat(writer.committed).hasSize(2);
    assertThat(writer.committed.getLast().until()).isEqualTo(NOON.plusSeconds(601));
  }

  @Test
  void theFirstSegmentOfANewStretchSaysWhatIsMissingBeforeIt() {
    LogHole hole = new LogHole("purged", "gone", Optional.empty());
    cutting.begin(false, Optional.of(hole));
    cutting.take(feed.bytes(10, true), feed);
    cutting.take(new LogItem.End(NOON), feed);
    cutting.take(feed.bytes(10, true), feed);
    cutting.take(new LogItem.End(NOON), feed);
    assertThat(writer.committed.getFirst().hole()).contains(hole);
    assertThat(writer.committed.getFirst().continues()).isFalse();
    assertThat(writer.committed.getLast().hole()).isEmpty();
    assertThat(writer.committed.getLast().continues()).isTrue();
  }
}
