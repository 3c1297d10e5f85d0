package dev.foldback.core.prune;

import dev.foldback.core.log.LogPlace;
import dev.foldback.core.repository.SnapshotListing.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How much of one source's log stays. Only its oldest part ever goes, so no hole comes into being,
 * and never its newest segment. Where a window is asked for, the snapshot that its first moment is
 * reached from stays too.
 */
final class LogRetention {
  private final Optional<Duration> window;
  private final Instant now;
  private final SourceHistory history;
  private final Reasons reasons;

  LogRetention(Optional<Duration> window, Instant now, SourceHistory history, Reasons reasons) {
    this.window = window;
    this.now = now;
    this.history = history;
    this.reasons = reasons;
  }

  List<LogDecision> decide(List<LogSegment> segments) {
    List<LogSegment> log =
        segments.stream().sorted(Comparator.comparingLong(LogSegment::number)).toList();
    int from = window.isPresent() ? keptByWindow(log, window.get()) : afterOldestKept(log);
    boolean newestAlone = from == log.size() && from > 0;
    int dropped = newestAlone ? from - 1 : from;
    List<LogDecision> decisions = new ArrayList<>();
    stretches(log.subList(0, dropped), why(false), false, decisions);
    String kept = newestAlone ? "the newest: a capture goes on after it" : why(true);
    stretches(log.subList(dropped, log.size()), kept, true, decisions);
    return decisions;
  }

  /** The first segment that a kept snapshot goes on with. */
  private int afterOldestKept(List<LogSegment> log) {
    int from = log.size();
    for (Entry entry : history.all()) {
      if (reasons.keeps(entry)) {
        from = Math.min(from, next(log, entry));
      }
    }
    return from;
  }

  /** The first segment, of however many logs with the same places, that ends after a snapshot. */
  private static int next(List<LogSegment> log, Entry entry) {
    Optional<LogPlace> place = SourceHistory.place(entry);
    for (int i = 0; place.isPresent() && i < log.size(); i++) {
      LogSegment segment = log.get(i);
      if (segment.lineage().equals(SourceHistory.lineage(entry))
          && segment.to().compareTo(place.get()) > 0) {
        return i;
      }
    }
    return log.size();
  }

  private int keptByWindow(List<LogSegment> log, Duration length) {
    Instant start = start(log, length);
    String reason = "needed to reach moments since " + start;
    history.byId().stream()
        .filter(e -> !e.manifest().started().isAfter(start))
        .reduce((_, later) -> later)
        .ifPresent(e -> reasons.keep(e, reason));
    int first = 0;
    while (first < log.size() && log.get(first).lastCommit().isBefore(start)) {
      first++;
    }
    int from = first;
    for (int i = first; i < log.size(); i = runEnd(log, i)) {
      from = Math.min(from, baseOf(log, i, reason));
    }
    for (Entry entry : history.all()) {
      if (reasons.keeps(entry) && !entry.manifest().started().isBefore(start)) {
        from = Math.min(from, next(log, entry));
      }
    }
    return from;
  }

  /** A clock that ran ahead can't shorten the window: what the source holds counts. */
  private Instant start(List<LogSegment> log, Duration length) {
    Instant newest = Instant.MIN;
    for (Entry entry : history.all()) {
      newest = later(newest, entry.manifest().started());
    }
    for (LogSegment segment : log) {
      newest = later(newest, segment.lastCommit());
    }
    return (newest.isBefore(now) ? newest : now).minus(length);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Keeps what an unbroken run of log is read from; the first segment that this needs. */
  private int baseOf(List<LogSegment> log, int first, String reason) {
    int runStart = first;
    while (runStart > 0 && log.get(runStart).follows(log.get(runStart - 1))) {
      runStart--;
    }
    int start = runStart;
    List<LogSegment> run = log.subList(start, runEnd(log, first));
    LogPlace from = log.get(first).from();
    int needed = first;
    for (List<Entry> order : history.orders()) {
      Optional<Entry> base =
          order.reversed().stream()
              .filter(within(run).and(e -> at(e).compareTo(from) <= 0))
              .findFirst()
              .or(() -> order.stream().filter(within(run)).findFirst());
      base.ifPresent(e -> reasons.keep(e, reason));
      needed = Math.min(needed, base.map(e -> start + runIndex(run, at(e))).orElse(first));
    }
    return needed;
  }

  private static LogPlace at(Entry entry) {
    return SourceHistory.place(entry).orElseThrow();
  }

  private static Predicate<Entry> within(List<LogSegment> run) {
    LogSegment first = run.getFirst();
    return e ->
        first.lineage().equals(SourceHistory.lineage(e))
            && SourceHistory.place(e)
                .filter(p -> p.compareTo(first.from()) >= 0)
                .filter(p -> p.compareTo(run.getLast().to()) <= 0)
                .isPresent();
  }

  private static int runIndex(List<LogSegment> run, LogPlace place) {
    int i = 0;
    while (i < run.size() && run.get(i).to().compareTo(place) <= 0) {
      i++;
    }
    return i;
  }

  private static int runEnd(List<LogSegment> log, int from) {
    int end = from + 1;
    while (end < log.size() && log.get(end).follows(log.get(end - 1))) {
      end++;
    }
    return end;
  }

  private void stretches(List<LogSegment> part, String why, boolean keep, List<LogDecision> into) {
    for (int i = 0; i < part.size(); i = runEnd(part, i)) {
      into.add(LogDecision.of(part.subList(i, runEnd(part, i)), keep, List.of(why)));
    }
  }

  private String why(boolean keep) {
    if (window.isEmpty()) {
      return keep ? "follows the oldest kept snapshot" : "comes before every kept snapshot";
    }
    return keep
        ? "needed to reach the moments that --keep-log names"
        : "older than --keep-log, and no kept moment needs it";
  }
}
