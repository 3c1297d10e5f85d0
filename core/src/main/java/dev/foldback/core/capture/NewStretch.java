package dev.foldback.core.capture;

import dev.foldback.core.Finding;
import dev.foldback.core.Position;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogBrokenException;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogOptions;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import java.util.Optional;

/**
 * Where a stretch begins that follows nothing stored: at the newest snapshot where the server still
 * has that place of its log, for only so can moments after it be restored; else at the log's end.
 */
final class NewStretch {
  private static final String BACK_UP = "Run 'foldback backup' now, beside the capture.";

  private final Repository repository;
  private final SourceServer server;
  private final SourceName source;
  private final Progress progress;
  private Optional<LogHole> lost = Optional.empty();

  NewStretch(Repository repository, SourceServer server, SourceName source, Progress progress) {
    this.repository = repository;
    this.server = server;
    this.source = source;
    this.progress = progress;
  }

  LogFeed first(LogOptions options) {
    return open(newest(), options);
  }

  /** What the first stretch lacks of what followed a snapshot; empty where it follows one. */
  Optional<LogHole> lost() {
    return lost;
  }

  /** A stretch after a hole; snapshots from before the hole are of no use to it. */
  LogFeed after(SegmentManifest last, LogOptions options) {
    return open(newest().filter(s -> s.finished().isAfter(last.written())), options);
  }

  private LogFeed open(Optional<SnapshotManifest> snapshot, LogOptions options) {
    if (snapshot.isPresent()) {
      SnapshotManifest s = snapshot.get();
      try {
        return server.openLog(new LogStart.At(s.position(), s.server().id()), options);
      } catch (LogBrokenException e) {
        lost =
            Optional.of(new LogHole(e.reason(), String.valueOf(e.getMessage()), Optional.empty()));
        warn("snapshot " + s.id() + " can't be followed: " + e.getMessage());
      }
    } else {
      warn("there is no snapshot that this log follows");
    }
    return server.openLog(new LogStart.Now(), options);
  }

  private void warn(String why) {
    progress.finding(
        Finding.warning(
            "no-snapshot",
            source.value(),
            why + "; the log is captured from now on, and no moment can be restored until a backup",
            BACK_UP));
  }

  private Optional<SnapshotManifest> newest() {
    return repository.snapshots().entries().stream()
        .map(SnapshotListing.Entry::manifest)
        .filter(s -> s.source().equals(source))
        .filter(s -> s.position() instanceof Position.Binlog)
        .reduce((older, newer) -> newer);
  }
}
