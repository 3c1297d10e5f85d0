package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.io.IOException;
import java.io.InputStream;

/** The rows of a snapshot with the changes in them, digested on the way. */
final class MergeStream extends RowStream {
  /** Hears of the end. */
  interface Ending {
    void ended(long bytes, RowSetDigest.Value digest);
  }

  private final Overlay overlay;
  private final Ending ending;
  private final RowSetDigest digest = new RowSetDigest();
  private long bytes;
  private boolean met;
  private boolean atEnd;

  MergeStream(InputStream snapshot, Overlay overlay, Ending ending) {
    super(new RowScan(snapshot));
    this.overlay = overlay;
    this.ending = ending;
  }

  @Override
  boolean step(RowBuffer out) throws IOException {
    if (!met && !atEnd) {
      met = scan.next();
      atEnd = !met;
      if (met) {
        overlay.meet(scan);
      }
    }
    if (met ? overlay.insertsBefore() : overlay.insertsAtEnd()) {
      emit(out, overlay.bytes, overlay.from, overlay.to);
    } else if (met) {
      met = false;
      switch (overlay.fate(scan)) {
        case KEPT -> emit(out, scan.bytes, scan.from, scan.to);
        case REPLACED -> emit(out, overlay.bytes, overlay.from, overlay.to);
        case DROPPED -> {}
      }
    } else {
      overlay.end();
      ending.ended(bytes, digest.value());
      return false;
    }
    return true;
  }

  private void emit(RowBuffer out, byte[] row, int from, int to) {
    digest.add(row, from, to);
    bytes += to - from;
    Patch.append(out, row, from, to);
  }
}
