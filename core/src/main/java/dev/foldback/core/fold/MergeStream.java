package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.io.IOException;
import java.io.InputStream;

/** The rows of a snapshot with the changes in them, digested on the way. */
final class MergeStream extends InputStream {
  private static final int CHUNK = 1 << 17;

  /** Hears of the end. */
  interface Ending {
    void ended(long bytes, RowSetDigest.Value digest);
  }

  private final RowScan scan;
  private final Overlay overlay;
  private final Ending ending;
  private final RowSetDigest digest = new RowSetDigest();
  private final RowBuffer out = new RowBuffer(CHUNK + (CHUNK >> 2));
  private int given;
  private long bytes;
  private boolean met;
  private boolean atEnd;
  private boolean ended;

  MergeStream(InputStream snapshot, Overlay overlay, Ending ending) {
    this.scan = new RowScan(snapshot);
    this.overlay = overlay;
    this.ending = ending;
  }

  @Override
  public int read() throws IOException {
    return fill() ? out.bytes[given++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, out.length - given);
    System.arraycopy(out.bytes, given, to, offset, n);
    given += n;
    return n;
  }

  @Override
  public int available() {
    return out.length - given;
  }

  private boolean fill() throws IOException {
    if (given < out.length) {
      return true;
    }
    out.clear();
    given = 0;
    while (out.length < CHUNK && !ended) {
      step();
    }
    return out.length > 0;
  }

  private void step() throws IOException {
    if (!met && !atEnd) {
      met = scan.next();
      atEnd = !met;
      if (met) {
        overlay.meet(scan);
      }
    }
    if (met ? overlay.insertsBefore() : overlay.insertsAtEnd()) {
      emit(overlay.bytes, overlay.from, overlay.to);
    } else if (met) {
      met = false;
      switch (overlay.fate(scan)) {
        case KEPT -> emit(scan.bytes, scan.from, scan.to);
        case REPLACED -> emit(overlay.bytes, overlay.from, overlay.to);
        case DROPPED -> {}
      }
    } else {
      overlay.end();
      ended = true;
      ending.ended(bytes, digest.value());
    }
  }

  private void emit(byte[] row, int from, int to) {
    digest.add(row, from, to);
    bytes += to - from;
    Patch.append(out, row, from, to);
  }

  @Override
  public void close() throws IOException {
    scan.close();
  }
}
