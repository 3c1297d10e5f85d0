package dev.foldback.core.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An unbroken run of segments.
 *
 * @param segments at least one, in order, each following the one before
 * @param hole what is known to be missing before it; empty for the first run where nothing is
 */
public record LogRange(List<SegmentManifest> segments, Optional<LogHole> hole) {
  public LogRange {
    segments = List.copyOf(segments);
  }

  /** The runs in the order of their numbers; where a segment is missing a run ends. */
  public static List<LogRange> of(LogListing log) {
    return of(log.segments(), log.begins());
  }

  private static List<LogRange> of(List<SegmentManifest> segments, long begins) {
    List<LogRange> ranges = new ArrayList<>();
    List<SegmentManifest> run = new ArrayList<>();
    Optional<LogHole> hole = Optional.empty();
    for (SegmentManifest each : segments) {
      if (!run.isEmpty() && !run.getLast().isFollowedBy(each)) {
        ranges.add(new LogRange(run, hole));
        hole = Optional.of(before(each, run.getLast(), begins));
        run.clear();
      } else if (run.isEmpty()) {
        hole = each.number() <= begins ? each.hole() : Optional.of(before(each, null, begins));
      }
      run.add(each);
    }
    if (!run.isEmpty()) {
      ranges.add(new LogRange(run, hole));
    }
    return ranges;
  }

  private static LogHole before(SegmentManifest each, @Nullable SegmentManifest last, long begins) {
    if (each.hole().isPresent()) {
      return each.hole().get();
    }
    long from = last == null ? begins : last.number() + 1;
    boolean gone = from < each.number();
    return new LogHole(
        gone ? "segment-missing" : "not-continuous",
        gone
            ? from == each.number() - 1
                ? "segment " + from + " is not readable or not there"
                : "segments "
                    + from
                    + " to "
                    + (each.number() - 1)
                    + " are not readable or not there"
            : "segment " + each.number() + " does not begin where the one before it ends",
        last == null ? Optional.empty() : Optional.of(last.until()));
  }

  public SegmentManifest first() {
    return segments.getFirst();
  }

  public SegmentManifest last() {
    return segments.getLast();
  }

  /**
   * Whether the run holds everything from that place of that server to its own end. Names of places
   * come again, after a reset of the log and on servers that share an id; but no log that ended
   * before the place was taken is past it.
   *
   * @param storedLog as {@link dev.foldback.core.repository.SnapshotManifest#storedLog}
   * @param taken when the snapshot of that place was finished
   */
  public boolean reaches(String serverId, LogPlace place, long storedLog, Instant taken) {
    int begin = LogOrder.place(first().from()).compareTo(place);
    int end = LogOrder.place(last().to()).compareTo(place);
    // A run that begins anew after a snapshot either begins at its place or could not follow it.
    boolean follows = begin == 0 || hole.isEmpty() || taken.isAfter(first().written());
    return first().server().id().equals(serverId)
        && begin <= 0
        && follows
        && (end == 0 || (end > 0 && last().number() > storedLog));
  }

  /** Those at whose end a backup made a restore point. */
  public List<SegmentManifest> points() {
    return segments.stream().filter(s -> s.point().isPresent()).toList();
  }

  public Instant until() {
    return last().until();
  }
}
