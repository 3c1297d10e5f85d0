package dev.foldback.core.restore;

import dev.foldback.core.engine.RowSource;
import dev.foldback.core.progress.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Tells the progress of the bytes that are taken; a second stream over the same rows tells none.
 */
final class TellingSource implements RowSource {
  private final RowSource rows;
  private final Progress progress;
  private boolean opened;

  TellingSource(RowSource rows, Progress progress) {
    this.rows = rows;
    this.progress = progress;
  }

  @Override
  public synchronized InputStream open() {
    InputStream stream = rows.open();
    if (opened) {
      return stream;
    }
    opened = true;
    return new Telling(stream);
  }

  @Override
  public long rows() {
    return rows.rows();
  }

  @Override
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  private final class Telling extends FilterInputStream {
    private static final int EVERY = 1 << 20;
    private long untold;
    private long told;
    private long toldRows;

    Telling(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? -1 : 1);
      return b;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int n = super.read(to, offset, length);
      count(n);
      return n;
    }

    private void count(int n) {
      untold += Math.max(n, 0);
      if (untold >= EVERY || n < 0) {
        told += untold;
        // Rows are not counted on the way: in proportion to the bytes, they are all told at the
        // end.
        long nowRows = bytes() == 0 ? 0 : Math.round((double) told / bytes() * rows());
        progress.advance(nowRows - toldRows, untold);
        toldRows = nowRows;
        untold = 0;
      }
    }
  }
}
