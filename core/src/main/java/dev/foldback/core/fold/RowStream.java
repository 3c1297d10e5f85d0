package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.io.IOException;
import java.io.InputStream;

/** Rows that are made from those of a scan, some at a time. */
abstract class RowStream extends InputStream {
  private static final int CHUNK = 1 << 17;

  final RowScan scan;
  private final RowBuffer out = new RowBuffer(CHUNK + (CHUNK >> 2));
  private int given;
  private boolean ended;

  /**
   * @param scan is closed with this one
   */
  RowStream(RowScan scan) {
    this.scan = scan;
  }

  /** Goes on by at most one row, which goes to {@code out}; false where there is no more. */
  abstract boolean step(RowBuffer out) throws IOException;

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
      ended = !step(out);
    }
    return out.length > 0;
  }

  @Override
  public void close() throws IOException {
    scan.close();
  }
}
