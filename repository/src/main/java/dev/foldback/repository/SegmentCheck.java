package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.SegmentManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a verification says of the logs: which segments can't be read, and what is missing. */
final class SegmentCheck {
  private final List<SegmentFiles.Loaded> logs;
  private final Damages damages;
  private final List<Finding> findings;

  SegmentCheck(List<SegmentFiles.Loaded> logs, Damages damages, List<Finding> findings) {
    this.logs = logs;
    this.damages = damages;
    this.findings = findings;
  }

  List<Finding> withDamaged(List<Finding> damaged) {
    List<Finding> all = new ArrayList<>(damaged);
    logs.forEach(log -> all.addAll(log.damaged()));
    return all;
  }

  void register(VerifyObjects objects) {
    for (SegmentFiles.Loaded log : logs) {
      for (StoredSegment segment : log.segments()) {
        segment.objects().forEach((object, bytes) -> objects.index(new IndexRef(object, bytes)));
        segment
            .frames()
            .forEach(f -> objects.frame(f, segment.objects().getOrDefault(f.object(), 0L)));
      }
    }
  }

  /** To be called once all objects were looked at. */
  void judge() {
    for (SegmentFiles.Loaded log : logs) {
      log.segments().forEach(this::damage);
      LogRange.of(log.listing()).forEach(this::hole);
    }
  }

  private void damage(StoredSegment segment) {
    for (FrameRef frame : segment.frames()) {
      Optional<FoldbackException> what = damages.of(frame);
      if (what.isPresent()) {
        SegmentManifest m = segment.summary();
        findings.add(
            Finding.error(
                what.get().code().code(),
                Keys.segment(m.source(), m.number()),
                segment.what()
                    + ", from "
                    + m.from().text()
                    + " to "
                    + m.to().text()
                    + ", is damaged: "
                    + what.get().getMessage()
                    + ". No moment after its start can be restored from an earlier snapshot",
                what.get().hint()));
        return;
      }
    }
  }

  /** A hole that a capture noted is known; one that nobody noted is damage. */
  private void hole(LogRange range) {
    if (range.hole().isEmpty()) {
      return;
    }
    LogHole hole = range.hole().get();
    SegmentManifest first = range.first();
    boolean noted = first.hole().isPresent();
    String subject = Keys.segment(first.source(), first.number());
    String words =
        "the log of "
            + first.source()
            + " has a hole before segment "
            + first.number()
            + hole.after().map(after -> ", from " + after).orElse("")
            + " to "
            + first.stretch().firstCommit().orElse(first.until())
            + ": "
            + hole.words();
    findings.add(
        noted
            ? Finding.warning("log-hole", subject, words, "")
            : Finding.error(
                (hole.reason().equals("segment-missing")
                        ? ErrorCode.OBJECT_MISSING
                        : ErrorCode.MANIFEST_DAMAGED)
                    .code(),
                subject,
                words,
                "Restore the missing files of the repository from a copy, or take a snapshot."));
  }
}
