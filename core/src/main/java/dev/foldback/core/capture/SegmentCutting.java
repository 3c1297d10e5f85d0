package dev.foldback.core.capture;

import dev.foldback.core.Origin;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogItem;
import dev.foldback.core.log.LogStretch;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what a feed hands out into segments: cut by size, by age and at the end of a file. */
final class SegmentCutting {
  /** Bytes of log after which a segment ends at the next whole transaction. */
  static final long SIZE = 64L << 20;

  /** How often an empty segment says that nothing happened. */
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final LogWriter writer;
  private final Supplier<ServerInfo> server;
  private final Optional<PointCheck> check;
  private final Progress progress;
  private final long oldestAllowed;
  private boolean continues;
  private Optional<LogHole> hole = Optional.empty();
  private boolean whole = true;
  private long oldest;
  private @Nullable Instant until;
  private long segments;
  private long transactions;
  private long bytes;

  SegmentCutting(
      LogWriter writer,
      CaptureOptions options,
      Supplier<ServerInfo> server,
      Optional<PointCheck> check,
      Progress progress) {
    this.writer = writer;
    this.server = server;
    this.check = check;
    this.progress = progress;
    // The other half is for what comes after the cut: the way to the store.
    this.oldestAllowed = options.maxLag().dividedBy(2).toNanos();
    this.until = writer.newest().map(SegmentManifest::until).orElse(null);
  }

  /** A feed begins. Nothing of an earlier one is open. */
  void begin(boolean continues, Optional<LogHole> hole) {
    writer.forget();
    this.continues = continues;
    this.hole = hole;
    whole = true;
  }

  /**
   * Takes one item.
   *
   * @return whether it was the end
   */
  boolean take(LogItem item, LogFeed feed) {
    switch (item) {
      case LogItem.Bytes b -> add(b, feed);
      case LogItem.FileEnd _ -> {
        // What a crashed server left of a transaction at the end of its file is none.
        writer.mark();
        whole = true;
        commit(feed, Optional.empty());
      }
      case LogItem.Quiet quiet -> quiet(quiet.until(), feed);
      case LogItem.End end -> {
        end(feed, end.until());
        return true;
      }
    }
    return false;
  }

  private void add(LogItem.Bytes b, LogFeed feed) {
    if (writer.taken() == 0) {
      oldest = System.nanoTime();
    }
    int length = b.bytes().remaining();
    writer.append(b.bytes());
    progress.advance(0, length);
    whole = b.whole();
    if (whole) {
      writer.mark();
      if (writer.taken() >= SIZE || isOld()) {
        commit(feed, Optional.empty());
      }
    }
  }

  private void quiet(Instant now, LogFeed feed) {
    boolean due =
        writer.taken() > 0
            ? isOld()
            : until == null || !continues || until.plus(IDLE).isBefore(now);
    if (whole && due) {
      commit(feed, Optional.of(now));
    }
  }

  private boolean isOld() {
    return System.nanoTime() - oldest >= oldestAllowed;
  }

  /** Whether a restore point is there is known only when its log is stored. */
  private void end(LogFeed feed, Instant now) {
    if (check.isPresent()) {
      commit(feed, continues ? Optional.empty() : seen(now));
    }
    commit(feed, seen(now), check.flatMap(PointCheck::point));
  }

  private Optional<Instant> seen(Instant now) {
    return whole ? Optional.of(now) : Optional.empty();
  }

  /** Commits what is whole of the open segment, after the feed has failed. */
  void salvage(LogFeed feed) {
    if (writer.taken() > 0) {
      commit(feed, Optional.empty());
    }
  }

  private void commit(LogFeed feed, Optional<Instant> seen) {
    commit(feed, seen, Optional.empty());
  }

  private void commit(LogFeed feed, Optional<Instant> seen, Optional<Origin> point) {
    LogStretch stretch = feed.cut();
    boolean nothing = stretch.bytes() == 0 && seen.isEmpty() && !stretch.fileEnds();
    if (nothing) {
      return;
    }
    Instant stored = seen.or(stretch::lastCommit).orElse(until == null ? Instant.EPOCH : until);
    if (until == null || stored.isAfter(until) || !continues) {
      until = stored;
    }
    SegmentManifest done =
        writer.commit(new LogWriter.Contents(server.get(), stretch, until, continues, hole, point));
    continues = true;
    hole = Optional.empty();
    segments++;
    transactions += stretch.transactions();
    bytes += stretch.bytes();
    progress.note("stored up to " + done.to().text());
  }

  CaptureResult result(long nanos) {
    return new CaptureResult(
        writer.newest(),
        segments,
        transactions,
        bytes,
        writer.sentBytes(),
        Duration.ofNanos(nanos));
  }
}
