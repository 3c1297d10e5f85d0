package dev.foldback.core.capture;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FindingsException;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import java.util.List;
import java.util.Optional;

/**
 * Stores the log of a source, byte for byte, as it comes. Each segment is committed on its own and
 * follows the one before it unbroken; where that can't be, the capture stops and says what is lost,
 * or, asked to, begins a new stretch and keeps a note of the hole.
 */
public final class Capture {
  private final Repository repository;
  private final SourceServer server;

  public Capture(Repository repository, SourceServer server) {
    this.repository = repository;
    this.server = server;
  }

  /** Runs until it has caught up, or, where it follows, until this thread is interrupted. */
  public CaptureResult run(CaptureOptions options, Progress progress) {
    return run(options, Optional.empty(), progress);
  }

  /**
   * As {@link #run(CaptureOptions, Progress)}.
   *
   * @param check asked once the capture has caught up; what it says is kept in a segment of its own
   */
  public CaptureResult run(CaptureOptions options, Optional<PointCheck> check, Progress progress) {
    long start = System.nanoTime();
    progress.phase("check", 0, 0);
    List<Finding> findings = server.checkLog();
    findings.forEach(progress::finding);
    FindingsException.throwIfAny(findings, ErrorCode.LOG_UNUSABLE, "Nothing was captured.");
    try (LogWriter writer = repository.beginLog(options.source(), options.compressionLevel())) {
      SegmentCutting cutting = new SegmentCutting(writer, options, server::info, check, progress);
      new Following(repository, server, writer, cutting, options, progress).run();
      return cutting.result(System.nanoTime() - start);
    }
  }
}
