package dev.foldback.core.moment;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.LogDecoding;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.log.Transaction;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.work.ReadAhead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a stretch of stored log from one place on, segment after segment. */
final class LogWalk {
  private final Repository repository;
  private final DatabaseEngine engine;
  private final List<SegmentManifest> segments;
  private final LogPlace from;
  private final Path workFolder;

  /**
   * @param segments an unbroken run that holds {@code from}
   * @param from the border of a transaction
   */
  LogWalk(
      Repository repository,
      DatabaseEngine engine,
      List<SegmentManifest> segments,
      LogPlace from,
      Path workFolder) {
    this.repository = repository;
    this.engine = engine;
    this.from = from;
    this.workFolder = workFolder;
    this.segments =
        segments.stream()
            .filter(s -> s.stretch().bytes() > 0)
            .filter(s -> LogOrder.place(s.to()).compareTo(from) > 0)
            .toList();
  }

  /** Bytes of log that there are from the place on. */
  long bytes() {
    long all = segments.stream().mapToLong(s -> s.stretch().bytes()).sum();
    return segments.isEmpty() ? 0 : all - skipped(segments.getFirst());
  }

  List<SegmentManifest> segments() {
    return segments;
  }

  /** Tells the listener everything up to the first transaction that is not wanted. */
  void run(
      Definitions definitions,
      ChangeListener listener,
      Predicate<Transaction> wanted,
      Progress progress) {
    run(definitions, listener, wanted, _ -> false, progress);
  }

  /**
   * As the other one.
   *
   * @param passed asked before each segment that is whole, whether it need not be read
   */
  void run(
      Definitions definitions,
      ChangeListener listener,
      Predicate<Transaction> wanted,
      Predicate<SegmentManifest> passed,
      Progress progress) {
    try (LogDecoding decoding = engine.decodeLog(definitions, listener, workFolder)) {
      decoding.whileWanted(wanted);
      for (SegmentManifest segment : segments) {
        if (Thread.currentThread().isInterrupted()) {
          throw new FoldbackException(
              ErrorCode.INTERRUPTED, "stopped while the log was read", "Run it again.");
        }
        if (skipped(segment) == 0 && passed.test(segment)) {
          decoding.passOver();
          progress.advance(0, segment.stretch().bytes());
        } else if (!decode(decoding, segment, progress)) {
          return;
        }
      }
    }
  }

  /** The last segment that holds a transaction; none where none does. */
  Optional<SegmentManifest> lastWithTransactions() {
    return segments.stream()
        .filter(s -> s.stretch().transactions() > 0)
        .reduce((older, newer) -> newer);
  }

  /** Whether the stored log up to the segment's end holds the transaction. */
  boolean includes(SegmentManifest segment, String id) {
    return segment.to() instanceof Position.Binlog to && engine.includes(to.gtids(), id);
  }

  private boolean decode(LogDecoding decoding, SegmentManifest segment, Progress progress) {
    long skip = skipped(segment);
    LogPlace start = LogOrder.place(segment.from());
    try (InputStream bytes =
        new Counted(
            new ReadAhead(repository.openSegment(segment.source(), segment.number())), progress)) {
      bytes.skipNBytes(skip);
      return decoding.decode(segment, new LogPlace(start.file(), start.offset() + skip), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long skipped(SegmentManifest segment) {
    LogPlace start = LogOrder.place(segment.from());
    return start.number() == from.number() ? Math.max(0, from.offset() - start.offset()) : 0;
  }

  /** Tells how much was read. */
  private static final class Counted extends java.io.FilterInputStream {
    private final Progress progress;

    Counted(InputStream in, Progress progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read(byte[] target, int at, int length) throws IOException {
      int n = super.read(target, at, length);
      if (n > 0) {
        progress.advance(0, n);
      }
      return n;
    }
  }
}
