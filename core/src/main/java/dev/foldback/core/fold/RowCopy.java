package dev.foldback.core.fold;

import dev.foldback.core.engine.RowSource;
import dev.foldback.core.frame.RowSink;

/** Hands the rows of a source on, one by one. */
public final class RowCopy {
  private RowCopy() {}

  public static void copy(RowSource rows, RowSink to) {
    RowScan.each(
        rows,
        scan -> {
          Patch.append(to.buffer(), scan.bytes, scan.from, scan.to);
          to.endRow();
        });
  }
}
