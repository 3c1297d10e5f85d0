package dev.foldback.core.capture;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogBrokenException;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogOptions;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads feed after feed: a lost connection is made anew, for ever where the capture follows. */
final class Following {
  private static final Set<ErrorCode> PASSING =
      Set.of(ErrorCode.SERVER_LOST, ErrorCode.SERVER_UNREACHABLE);
  private static final Set<ErrorCode> OF_THE_FEED =
      Set.of(
          ErrorCode.SERVER_LOST,
          ErrorCode.SERVER_UNREACHABLE,
          ErrorCode.LOG_BROKEN,
          ErrorCode.INTERRUPTED);
  private static final int TRIES_ONCE = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PULSE = Duration.ofSeconds(10);

  private final SourceServer server;
  private final LogWriter writer;
  private final SegmentCutting cutting;
  private final CaptureOptions options;
  private final Progress progress;
  private final NewStretch newStretch;
  private int failures;

  Following(
      Repository repository,
      SourceServer server,
      LogWriter writer,
      SegmentCutting cutting,
      CaptureOptions options,
      Progress progress) {
    this.server = server;
    this.writer = writer;
    this.cutting = cutting;
    this.options = options;
    this.progress = progress;
    this.newStretch = new NewStretch(repository, server, options.source(), progress);
  }

  void run() {
    progress.phase("capture", 0, 0);
    boolean done = false;
    while (!done) {
      try {
        done = feed();
      } catch (FoldbackException e) {
        if (!PASSING.contains(e.code())) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /** Reads one feed; whether it came to the end that was asked for. */
  private boolean feed() {
    try (LogFeed feed = open()) {
      return read(feed);
    } catch (LogBrokenException e) {
      SegmentManifest newest = writer.newest().orElseThrow(() -> e);
      if (!options.acceptHole()) {
        throw explained(e, newest);
      }
      LogHole hole =
          new LogHole(e.reason(), String.valueOf(e.getMessage()), Optional.of(newest.until()));
      try (LogFeed feed = newStretch.after(newest, logOptions())) {
        progress.finding(
            Finding.warning(
                "log-hole",
                options.source().value(),
                e.getMessage() + "; a new stretch begins, and the hole is noted",
                ""));
        cutting.begin(false, Optional.of(hole));
        return read(feed);
      }
    }
  }

  private LogFeed open() {
    Optional<SegmentManifest> newest = writer.newest();
    if (newest.isEmpty()) {
      LogFeed feed = newStretch.first(logOptions());
      cutting.begin(false, newStretch.lost());
      return feed;
    }
    LogFeed feed = server.openLog(new LogStart.After(newest.get()), logOptions());
    cutting.begin(true, Optional.empty());
    return feed;
  }

  private LogOptions logOptions() {
    Duration quarter = options.maxLag().dividedBy(4);
    Duration pulse = quarter.compareTo(LONGEST_PULSE) > 0 ? LONGEST_PULSE : quarter;
    return new LogOptions(options.once(), pulse);
  }

  private boolean read(LogFeed feed) {
    try {
      while (true) {
        if (cutting.take(feed.next(), feed)) {
          return true;
        }
        if (failures > 0) {
          failures = 0;
          progress.note("");
        }
      }
    } catch (FoldbackException e) {
      if (OF_THE_FEED.contains(e.code())) {
        salvage(feed, e);
      }
      throw e;
    }
  }

  /** The server may not come back: what is whole is committed now. */
  private void salvage(LogFeed feed, FoldbackException cause) {
    // Who was told to stop has this to do yet, and calls to a store end at once on such a thread.
    boolean stopped = Thread.interrupted();
    try {
      cutting.salvage(feed);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    } finally {
      if (stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static LogBrokenException explained(LogBrokenException e, SegmentManifest newest) {
    return new LogBrokenException(
        e.reason(),
        e.getMessage()
            + ". The log is stored up to "
            + newest.until()
            + " ("
            + newest.to().text()
            + "); moments from then to the next snapshot can't be restored, those before can",
        e);
  }

  private void pause(FoldbackException e) {
    failures++;
    if (options.once() && failures >= TRIES_ONCE) {
      throw e;
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    if (failures == 1) {
      progress.finding(
          Finding.warning(
              e.code().code(),
              options.source().value(),
              e.getMessage() + "; what was whole is stored, and the server is tried again",
              ""));
    }
    progress.note("the server does not answer; tried again every " + pause.toSeconds() + " s");
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED,
          "stopped while the server was away; what was whole is stored",
          "Run the same command again: it goes on from there.",
          stop);
    }
  }
}
