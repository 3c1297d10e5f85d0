package dev.foldback.core.progress;

import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;

/** Passes rows on and tells the progress of them now and then. */
public final class CountingSink implements RowSink {
  private static final int EVERY_ROWS = 4096;
  private static final int EVERY_BYTES = 1 << 20;

  private final RowSink to;
  private final Progress progress;
  private long rows;
  private long untoldRows;
  private long untoldBytes;
  private int mark;

  public CountingSink(RowSink to, Progress progress) {
    this.to = to;
    this.progress = progress;
    this.mark = to.buffer().length;
  }

  @Override
  public RowBuffer buffer() {
    return to.buffer();
  }

  @Override
  public void endRow() {
    untoldBytes += to.buffer().length - mark;
    untoldRows++;
    rows++;
    to.endRow();
    mark = to.buffer().length;
    if (untoldRows >= EVERY_ROWS || untoldBytes >= EVERY_BYTES) {
      tell();
    }
  }

  /** Tells what was not told yet. */
  public void tell() {
    progress.advance(untoldRows, untoldBytes);
    untoldRows = 0;
    untoldBytes = 0;
  }

  public long rows() {
    return rows;
  }
}
