package dev.foldback.core.backup;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.SourceName;
import dev.foldback.core.capture.Capture;
import dev.foldback.core.capture.CaptureOptions;
import dev.foldback.core.capture.CaptureResult;
import dev.foldback.core.capture.PointCheck;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.LogOptions;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a new restore point in the cheapest way that is sure: by log where the last snapshot and
 * the server's log lead to now, else by a snapshot. The log costs what has changed; a snapshot
 * reads all rows. A long log makes restores long, so now and then a snapshot is taken all the same.
 */
public final class MixedBackup {
  /** Older snapshots are no base. */
  static final Duration OLDEST = Duration.ofDays(7);

  /** Bytes of log that may follow any snapshot, however small it is. */
  static final long SMALL_LOG = 64L << 20;

  /** So long a capture that runs may take to store what the server's log holds by now. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private static final Duration LAG = Duration.ofSeconds(30);
  private static final Set<ErrorCode> NO_LOG =
      Set.of(ErrorCode.LOG_BROKEN, ErrorCode.LOG_UNUSABLE, ErrorCode.PRIVILEGE_MISSING);

  private final Repository repository;
  private final SourceServer server;
  private final Clock clock;
  private final Duration patience;

  public MixedBackup(Repository repository, SourceServer server, Clock clock) {
    this(repository, server, clock, PATIENCE);
  }

  /**
   * @param patience how long a capture that runs may take to store what the log holds by now
   */
  public MixedBackup(Repository repository, SourceServer server, Clock clock, Duration patience) {
    this.repository = repository;
    this.server = server;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * @param asked the way to go; where it is empty, the cheapest. {@link Way#LOG} takes a log of any
   *     length, and fails with {@code LOG_UNUSABLE} where it does not lead to now
   */
  public RestorePoint run(BackupOptions options, Optional<Way> asked, Progress progress) {
    Optional<SnapshotListing.Entry> last = last(options.source());
    if (asked.isPresent() && asked.get() != Way.LOG) {
      return snapshot(options, asked.get(), "it was asked for", progress);
    }
    String against;
    if (last.isEmpty()) {
      against = "there is no snapshot of " + options.source() + " yet";
    } else {
      try {
        Instant start = clock.instant();
        LogListing log = repository.log(options.source());
        Optional<String> reason = against(last.get(), log, options, asked.isEmpty());
        if (reason.isEmpty()) {
          return byLog(last.get().manifest(), log, options, asked.isEmpty(), start, progress);
        }
        against = reason.get();
      } catch (NoWay e) {
        against = e.reason;
      }
    }
    if (asked.isPresent()) {
      throw new FoldbackException(
          ErrorCode.LOG_UNUSABLE,
          "a restore point by log can't be had: " + against,
          "Leave --way out, and a snapshot is taken.");
    }
    return snapshot(options, last.isEmpty() ? Way.FULL : Way.DIFFERENTIAL, against, progress);
  }

  /** The log turned out not to lead to now. */
  private static final class NoWay extends Exception {
    private static final long serialVersionUID = 1;
    private final String reason;

    NoWay(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }

  private RestorePoint snapshot(BackupOptions options, Way way, String reason, Progress progress) {
    progress.note(way.word() + " snapshot: " + reason);
    Origin origin = way.because(reason);
    return new RestorePoint.Taken(
        way, reason, new Backup(repository, server, clock).run(options, origin, progress));
  }

  private Optional<SnapshotListing.Entry> last(SourceName source) {
    return repository.snapshots().entries().stream()
        .filter(e -> e.manifest().source().equals(source))
        .reduce((older, newer) -> newer);
  }

  /** What is known against the log before the server is asked for it. */
  private Optional<String> against(
      SnapshotListing.Entry last, LogListing log, BackupOptions options, boolean cheapest) {
    SnapshotManifest base = last.manifest();
    String snapshot = "the last snapshot, " + base.id() + ",";
    if (!(base.position() instanceof Position.Binlog)) {
      return Optional.of(snapshot + " has no place in a log");
    }
    if (!base.server().id().equals(server.info().id())) {
      return Optional.of(snapshot + " is of another server");
    }
    if (!base.selection().equals(options.selection())) {
      return Optional.of(snapshot + " has another selection");
    }
    if (base.findings().stream().anyMatch(f -> f.code().equals("not-consistent"))) {
      return Optional.of(snapshot + " is not consistent at one place");
    }
    if (base.findings().stream().anyMatch(f -> f.code().equals("not-followed"))) {
      return Optional.of(snapshot + " lacks changes that no fold follows, such as of accounts");
    }
    if (!last.proof().map(Proof::good).orElse(true)) {
      return Optional.of(snapshot + " is damaged");
    }
    if (cheapest && base.started().plus(OLDEST).isBefore(clock.instant())) {
      return Optional.of(snapshot + " is older than " + OLDEST.toDays() + " days");
    }
    Optional<String> tooMuch = range(base, log).flatMap(range -> tooMuch(base, range, cheapest));
    if (tooMuch.isPresent()) {
      return tooMuch;
    }
    return server.checkLog().stream()
        .filter(f -> f.severity() != Finding.Severity.INFO)
        .findFirst()
        .map(f -> f.subject() + " " + f.message());
  }

  private RestorePoint byLog(
      SnapshotManifest base,
      LogListing log,
      BackupOptions options,
      boolean cheapest,
      Instant start,
      Progress progress)
      throws NoWay {
    Arrival arrival = new Arrival(base, cheapest);
    Optional<CaptureResult> stored;
    try {
      stored = capture(isAfterAll(base, log), options, arrival, progress);
      if (stored.isEmpty()) {
        awaitCapture(base, progress);
      }
    } catch (FoldbackException e) {
      if (NO_LOG.contains(e.code())) {
        throw new NoWay("the log does not lead from the last snapshot to now: " + e.getMessage());
      }
      throw e;
    }
    SegmentManifest newest = arrival.newest();
    return new RestorePoint.Reached(
        stored.isEmpty() ? "a capture that runs stores the log" : arrival.reason(),
        base,
        stored,
        stored.flatMap(CaptureResult::newest).orElse(newest),
        Duration.between(start, clock.instant()));
  }

  /** Looks whether what is stored leads from the snapshot to now. */
  private final class Arrival implements PointCheck {
    private final SnapshotManifest base;
    private final boolean cheapest;
    private Optional<LogRange> range = Optional.empty();
    private Optional<String> against = Optional.empty();

    Arrival(SnapshotManifest base, boolean cheapest) {
      this.base = base;
      this.cheapest = cheapest;
    }

    void look() {
      range = stored(base);
      against =
          range.isEmpty()
              ? Optional.of("the server has no longer the log that follows " + base.id())
              : tooMuch(base, range.get(), cheapest);
    }

    String reason() {
      return "the log since snapshot " + base.id() + " is whole";
    }

    @Override
    public Optional<Origin> point() {
      look();
      return against.isEmpty() ? Optional.of(Way.LOG.because(reason())) : Optional.empty();
    }

    /** The segment that the log ends with. */
    SegmentManifest newest() throws NoWay {
      if (range.isEmpty() || against.isPresent()) {
        look();
      }
      if (against.isPresent()) {
        throw new NoWay(against.get());
      }
      return range.orElseThrow().last();
    }
  }

  /** Stores the log up to now; empty where another capture holds it. */
  private Optional<CaptureResult> capture(
      boolean afterHole, BackupOptions options, PointCheck check, Progress progress) {
    CaptureOptions capturing =
        new CaptureOptions(options.source(), true, LAG, afterHole, options.compressionLevel());
    try {
      return Optional.of(
          new Capture(repository, server).run(capturing, Optional.of(check), progress));
    } catch (FoldbackException e) {
      if (e.code() == ErrorCode.LEASE_HELD) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Waits until another capture has stored what the server's log holds by now. */
  private void awaitCapture(SnapshotManifest base, Progress progress) throws NoWay {
    LogPlace end;
    try (LogFeed feed = server.openLog(new LogStart.Now(), new LogOptions(true, LOOK_AGAIN))) {
      end = LogOrder.place(feed.cut().to());
    }
    progress.note("a capture runs; waiting until it has stored the log up to " + end);
    long limit = System.nanoTime() + patience.toNanos();
    Optional<LogRange> range = stored(base);
    while (range.isEmpty() || LogOrder.place(range.get().last().to()).compareTo(end) < 0) {
      if (System.nanoTime() > limit) {
        throw new NoWay(
            "a capture holds the log, and in "
                + patience.toSeconds()
                + " s it did not store it up to "
                + end
                + range.map(r -> "; it has it up to " + r.last().to().text()).orElse(""));
      }
      pause();
      range = stored(base);
    }
  }

  private Optional<LogRange> stored(SnapshotManifest base) {
    return range(base, repository.log(base.source()));
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED,
          "stopped while waiting for a capture; nothing was made",
          "Run the same command again.",
          e);
    }
  }

  /** Whether the snapshot is newer than all stored log: what is missing before it is known. */
  private static boolean isAfterAll(SnapshotManifest base, LogListing log) {
    List<SegmentManifest> segments = log.segments();
    return !segments.isEmpty()
        && range(base, log).isEmpty()
        && base.finished().isAfter(segments.getLast().written());
  }

  /** The unbroken log from the snapshot's place to the newest segment. */
  private static Optional<LogRange> range(SnapshotManifest base, LogListing log) {
    List<LogRange> ranges = LogRange.of(log);
    if (ranges.isEmpty() || !(base.position() instanceof Position.Binlog at)) {
      return Optional.empty();
    }
    LogRange newest = ranges.getLast();
    return newest.reaches(base.server().id(), LogOrder.place(at), base.storedLog(), base.finished())
        ? Optional.of(newest)
        : Optional.empty();
  }

  /** Why a snapshot is better than the log that is there. */
  private static Optional<String> tooMuch(SnapshotManifest base, LogRange range, boolean cheapest) {
    LogPlace from = LogOrder.place((Position.Binlog) base.position());
    long bytes = 0;
    long notFollowed = 0;
    for (SegmentManifest segment : range.segments()) {
      if (LogOrder.place(segment.to()).compareTo(from) > 0) {
        bytes += segment.stretch().bytes();
        notFollowed += segment.stretch().notFollowed();
      }
    }
    if (notFollowed > 0) {
      return Optional.of(
          "the log since snapshot "
              + base.id()
              + " has changes that are not restored from a log, such as of accounts");
    }
    long most = Math.max(SMALL_LOG, base.rowBytes() / 2);
    return !cheapest || bytes <= most
        ? Optional.empty()
        : Optional.of(
            "the log since snapshot "
                + base.id()
                + " has grown to "
                + (bytes >> 20)
                + " MiB, and restores would take longer than a snapshot is worth");
  }
}
