package dev.foldback.core.log;

import static dev.foldback.core.log.Segments.segment;
import static dev.foldback.core.log.Segments.stretch;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogRangeTest {
  private static final SegmentManifest FIRST =
      segment(1, stretch("b.000009", 4, 100, false), false);
  private static final SegmentManifest SECOND =
      segment(2, stretch("b.000009", 100, 300, true), true);
  private static final SegmentManifest THIRD = segment(3, stretch("b.000010", 4, 200, false), true);

  private static final Instant TAKEN = FIRST.written().minusSeconds(60);

  private static List<String> reasons(SegmentManifest... segments) {
    return reasons(1, segments);
  }

  private static List<String> reasons(long begins, SegmentManifest... segments) {
    return LogRange.of(new LogListing(List.of(segments), List.of(), begins)).stream()
        .map(range -> range.hole().map(LogHole::reason).orElse("none"))
        .toList();
  }

  @Test
  void segmentsThatFollowOverTheEndOfAFileAreOneRange() {
    assertThat(reasons(FIRST, SECOND, THIRD)).containsExactly("none");
    LogRange range =
        LogRange.of(new LogListing(List.of(FIRST, SECOND, THIRD), List.of())).getFirst();
    assertThat(range.reaches("server", new LogPlace("b.000009", 50), 0, TAKEN)).isTrue();
    assertThat(range.reaches("server", new LogPlace("b.000010", 200), 0, TAKEN)).isTrue();
    assertThat(range.reaches("server", new LogPlace("b.000010", 201), 0, TAKEN)).isFalse();
    assertThat(range.reaches("another", new LogPlace("b.000009", 50), 0, TAKEN)).isFalse();
  }

  @Test
  void aLogThatEndedBeforeASnapshotWasBegunIsNotPastIt() {
    LogRange range = LogRange.of(new LogListing(List.of(FIRST, SECOND), List.of())).getFirst();
    LogPlace before = new LogPlace("b.000009", 50);
    assertThat(range.reaches("server", before, 1, TAKEN)).as("stored on beside it").isTrue();
    assertThat(range.reaches("server", before, 2, TAKEN)).isFalse();
    LogPlace end = LogOrder.place(range.last().to());
    assertThat(range.reaches("server", end, 2, TAKEN)).as("where it ended").isTrue();
  }

  @Test
  void aRunThatBeganAnewAfterASnapshotFollowsItFromItsVeryPlaceAlone() {
    LogHole hole = new LogHole("reset", "it was reset", Optional.empty());
    LogRange range = new LogRange(List.of(FIRST, SECOND), Optional.of(hole));
    LogPlace within = new LogPlace("b.000009", 50);
    assertThat(range.reaches("server", within, 0, TAKEN)).isFalse();
    assertThat(range.reaches("server", within, 0, FIRST.written().plusSeconds(1))).isTrue();
    assertThat(range.reaches("server", new LogPlace("b.000009", 4), 0, TAKEN)).isTrue();
  }

  @Test
  void aMissingSegmentEndsTheRange() {
    assertThat(reasons(FIRST, THIRD)).containsExactly("none", "segment-missing");
    assertThat(reasons(SECOND, THIRD)).containsExactly("segment-missing");
  }

  @Test
  void whatAPruneDroppedIsNoHole() {
    assertThat(reasons(2, SECOND, THIRD)).containsExactly("none");
    assertThat(reasons(3, THIRD)).containsExactly("none");
    assertThat(reasons(2, THIRD)).as("that one was not dropped").containsExactly("segment-missing");
    assertThat(reasons(2, FIRST, THIRD)).containsExactly("none", "segment-missing");
  }

  @Test
  void nothingIsTakenToFollowThatBeginsElsewhere() {
    String broken = "not-continuous";
    assertThat(reasons(FIRST, segment(2, stretch("b.000009", 101, 300, false), true)))
        .containsExactly("none", broken);
    assertThat(reasons(FIRST, segment(2, stretch("b.000010", 4, 300, false), true)))
        .as("the file had not ended")
        .containsExactly("none", broken);
    assertThat(reasons(SECOND, segment(3, stretch("b.000011", 4, 300, false), true)))
        .as("a file is left out")
        .containsExactly("segment-missing", broken);
    assertThat(reasons(SECOND, segment(3, stretch("c.000010", 4, 300, false), true)))
        .containsExactly("segment-missing", broken);
    assertThat(reasons(FIRST, segment(2, stretch("b.000009", 100, 300, false), false)))
        .as("it does not say so")
        .containsExactly("none", broken);
    assertThat(reasons(FIRST, segment(2, stretch("b.000009", 100, 300, false), true, "another")))
        .containsExactly("none", broken);
  }
}
