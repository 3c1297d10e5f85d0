package dev.foldback.cli.output;

import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.SegmentManifest;
import java.time.Clock;
import java.util.List;

/** From when to when sources can be had back, with the holes in between. */
final class LogText {
  private LogText() {}

  static String of(List<Reachable> sources, Style style, Clock clock) {
    StringBuilder text = new StringBuilder();
    for (Reachable source : sources) {
      text.append("\nAny moment of ").append(source.source()).append(":\n");
      for (Reachable.Range range : source.ranges()) {
        range.log().hole().ifPresent(hole -> text.append(hole(hole, range, style, clock)));
        text.append("  ").append(line(range, clock)).append('\n');
        text.append(points(range.log().points(), clock));
      }
    }
    return text.toString();
  }

  private static String line(Reachable.Range range, Clock clock) {
    SegmentManifest last = range.log().last();
    String end =
        Words.time(last.until(), clock.getZone())
            + " ("
            + Words.age(last.until(), clock.instant())
            + "), "
            + Words.safe(last.to().text());
    return range
        .from()
        .map(s -> Words.time(s.started(), clock.getZone()) + " (snapshot " + s.id() + ") to " + end)
        .orElse("none: the log up to " + end + " follows no snapshot; run 'foldback backup'");
  }

  /** The restore points that backups by log made; of many the newest says enough. */
  private static String points(List<SegmentManifest> points, Clock clock) {
    if (points.isEmpty()) {
      return "";
    }
    SegmentManifest newest = points.getLast();
    return "    "
        + Words.count(points.size(), "restore point")
        + " by log, the newest "
        + Words.time(newest.until(), clock.getZone())
        + ": "
        + newest.point().map(o -> Words.safe(o.reason())).orElse("")
        + "\n";
  }

  private static String hole(LogHole hole, Reachable.Range range, Style style, Clock clock) {
    SegmentManifest first = range.log().first();
    String from =
        hole.after().map(after -> Words.time(after, clock.getZone())).orElse("the beginning");
    String to = Words.time(first.stretch().firstCommit().orElse(first.until()), clock.getZone());
    return "  "
        + style.red("HOLE")
        + " "
        + from
        + " to "
        + to
        + ": "
        + Words.safe(hole.words())
        + "\n";
  }
}
