package dev.foldback.core.diff;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.log.Cut;

/** A restore point as it was asked for. */
public sealed interface Point {
  /** A snapshot, without the log after it. */
  record OfSnapshot(SnapshotId id) implements Point {}

  /** A moment, or the end of what is stored. */
  record OfLog(Cut cut) implements Point {}
}
