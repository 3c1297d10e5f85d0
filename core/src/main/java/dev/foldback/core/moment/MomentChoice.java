package dev.foldback.core.moment;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Picks the newest snapshot that is not past a cut and whose log reaches it. That a snapshot is not
 * past a time is proven by the log before it where that is stored; the clock of the host that took
 * it decides nothing alone.
 */
final class MomentChoice {
  private final Repository repository;
  private final DatabaseEngine engine;
  private final Path workFolder;
  private final List<SnapshotManifest> snapshots;
  private final List<LogRange> ranges;

  MomentChoice(Repository repository, DatabaseEngine engine, SourceName source, Path workFolder) {
    this.repository = repository;
    this.engine = engine;
    this.workFolder = workFolder;
    this.snapshots =
        repository.snapshots().entries().stream()
            .map(SnapshotListing.Entry::manifest)
            .filter(m -> m.source().equals(source))
            .toList();
    this.ranges = LogRange.of(repository.log(source));
  }

  /** A stretch with what a scan found in it. */
  record Chosen(Stretch stretch, LogWalk walk, Scan.Found found) {}

  /** Fails with {@code MOMENT_UNREACHABLE}, saying what can be reached. */
  Chosen choose(Cut cut, Progress progress) {
    return choose(snapshots.reversed(), true, cut, progress);
  }

  /** As {@link #choose}, with the longest stretch of log rather than the shortest. */
  Chosen earliest(Cut cut, Progress progress) {
    return choose(snapshots, false, cut, progress);
  }

  private Chosen choose(
      List<SnapshotManifest> candidates, boolean mayBeAlone, Cut cut, Progress progress) {
    List<String> tried = new ArrayList<>();
    List<FoldbackException> refused = new ArrayList<>();
    for (SnapshotManifest snapshot : candidates) {
      if (!(snapshot.position() instanceof Position.Binlog at) || isPast(snapshot, at, cut)) {
        continue;
      }
      Optional<LogRange> range =
          ranges.stream().filter(r -> reaches(r, snapshot, at)).reduce((older, newer) -> newer);
      if (range.isEmpty()) {
        tried.add("snapshot " + snapshot.id() + " has no log after it");
        if (mayBeAlone && cut instanceof Cut.End) {
          return alone(snapshot);
        }
        continue;
      }
      LogWalk walk =
          new LogWalk(repository, engine, range.get().segments(), LogOrder.place(at), workFolder);
      Scan.Found found;
      try {
        found = Scan.run(walk, cut, progress);
      } catch (FoldbackException e) {
        if (e.code() != ErrorCode.LOG_NOT_FOLDABLE) {
          throw e;
        }
        // An earlier snapshot may do: a transaction may have been prepared before this one.
        refused.add(e);
        continue;
      }
      if (isReached(cut, found, range.get())) {
        return new Chosen(new Stretch(snapshot, walk.segments()), walk, found);
      }
      tried.add(
          "the log after snapshot " + snapshot.id() + " is stored up to " + range.get().until());
    }
    if (!refused.isEmpty()) {
      throw refused.getFirst();
    }
    throw unreachable(cut, tried);
  }

  private static boolean reaches(LogRange range, SnapshotManifest snapshot, Position.Binlog at) {
    return range.reaches(
        snapshot.server().id(), LogOrder.place(at), snapshot.storedLog(), snapshot.finished());
  }

  private Chosen alone(SnapshotManifest snapshot) {
    LogWalk walk = new LogWalk(repository, engine, List.of(), new LogPlace("", 0), workFolder);
    return new Chosen(
        new Stretch(snapshot, List.of()),
        walk,
        new Scan.Found(
            Optional.empty(), Optional.empty(), Optional.empty(), 0, List.of(), List.of(), false));
  }

  /** What there is of a chosen stretch up to another cut; fails as {@link #choose} does. */
  Scan.Found within(Chosen chosen, Cut cut, Progress progress) {
    Scan.Found found = Scan.run(chosen.walk(), cut, progress);
    List<SegmentManifest> segments = chosen.stretch().segments();
    boolean reached =
        segments.isEmpty()
            ? cut instanceof Cut.End
            : isReached(cut, found, new LogRange(segments, Optional.empty()));
    if (!reached) {
      throw unreachable(
          cut, List.of("the log after snapshot " + chosen.stretch().snapshot().id() + " lacks it"));
    }
    return found;
  }

  private static boolean isReached(Cut cut, Scan.Found found, LogRange range) {
    return switch (cut) {
      case Cut.End _ -> true;
      case Cut.At(var time) -> found.found() || !range.until().isBefore(time);
      case Cut.Through _, Cut.Before _ -> found.found();
      case Cut.Place(var place) ->
          found.stop().isPresent() || LogOrder.place(range.last().to()).compareTo(place) >= 0;
    };
  }

  /** Whether the snapshot may hold something that the cut leaves out. */
  private boolean isPast(SnapshotManifest snapshot, Position.Binlog at, Cut cut) {
    return switch (cut) {
      case Cut.End _ -> false;
      case Cut.At(var time) ->
          snapshot.started().isAfter(time) || lastCommitBefore(snapshot, at).isAfter(time);
      case Cut.Through(var id) -> holds(at, id);
      case Cut.Before(var id) -> holds(at, id);
      case Cut.Place(var place) -> LogOrder.place(at).compareTo(place) > 0;
    };
  }

  private boolean holds(Position.Binlog at, String id) {
    try {
      return engine.includes(at.gtids(), id);
    } catch (IllegalArgumentException e) {
      throw new FoldbackException(
          ErrorCode.BAD_NAME,
          "'" + id + "' is no transaction's identifier: " + e.getMessage(),
          "Write it as the server does, such as 0-1-100 or"
              + " 3e11fa47-71ca-11e1-9e33-c80aa9429562:23.",
          e);
    }
  }

  /** By the source's clock, as far as the segment that the position is in tells. */
  private java.time.Instant lastCommitBefore(SnapshotManifest snapshot, Position.Binlog at) {
    LogPlace place = LogOrder.place(at);
    for (LogRange range : ranges) {
      for (SegmentManifest segment : range.segments()) {
        boolean holds =
            segment.server().id().equals(snapshot.server().id())
                && segment.stretch().bytes() > 0
                && LogOrder.place(segment.from()).compareTo(place) < 0
                && LogOrder.place(segment.to()).compareTo(place) >= 0;
        if (holds) {
          LogWalk walk =
              new LogWalk(
                  repository, engine, List.of(segment), LogOrder.place(segment.from()), workFolder);
          return Scan.run(walk, new Cut.Place(place), Progress.NONE)
              .last()
              .map(t -> t.committed())
              .orElse(java.time.Instant.MIN);
        }
      }
    }
    return java.time.Instant.MIN;
  }

  private FoldbackException unreachable(Cut cut, List<String> tried) {
    StringBuilder reach = new StringBuilder();
    for (SnapshotManifest snapshot : snapshots) {
      if (snapshot.position() instanceof Position.Binlog at) {
        String until =
            ranges.stream()
                .filter(r -> reaches(r, snapshot, at))
                .map(r -> " to " + r.until())
                .findFirst()
                .orElse(" alone");
        reach.append("; ").append(snapshot.started()).append(until);
      }
    }
    return new FoldbackException(
        ErrorCode.MOMENT_UNREACHABLE,
        "no snapshot and log lead to "
            + cut
            + (tried.isEmpty() ? "" : ": " + String.join(", ", tried)),
        reach.isEmpty()
            ? "Take a backup and capture the log: foldback backup, foldback capture."
            : "What can be reached" + reach + ". See 'foldback list'.");
  }
}
