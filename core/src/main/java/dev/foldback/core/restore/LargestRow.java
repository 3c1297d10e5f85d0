package dev.foldback.core.restore;

import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.FrameCutter;
import dev.foldback.core.repository.FrameRecord;
import dev.foldback.core.repository.SnapshotReader;
import java.util.List;

/** How large the largest row of a table is at least, told from its frames alone. */
final class LargestRow {
  private LargestRow() {}

  static long of(SnapshotReader reader, TableDefinition table) {
    return table.slices().stream()
        .mapToLong(slice -> of(reader.frames(table.name(), slice)))
        .max()
        .orElse(0);
  }

  /** A frame has fewer than {@link FrameCutter#MAX} bytes before its last row. */
  static long of(List<FrameRecord> frames) {
    long largest = 0;
    for (FrameRecord frame : frames) {
      long last = frame.rows() == 1 ? frame.rowBytes() : frame.rowBytes() - FrameCutter.MAX;
      long mean = Math.ceilDiv(frame.rowBytes(), Math.max(1, frame.rows()));
      largest = Math.max(largest, Math.max(last, mean));
    }
    return largest;
  }
}
