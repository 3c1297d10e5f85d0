package dev.foldback.engine.mysql.load;

import dev.foldback.core.engine.RowSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows whose first stream meets an event after so many bytes. */
final class Interrupted implements RowSource {
  private final RowSource rows;
  private final int at;
  private final Runnable event;
  private final AtomicInteger opened = new AtomicInteger();

  Interrupted(RowSource rows, int at, Runnable event) {
    this.rows = rows;
    this.at = at;
    this.event = event;
  }

  /** How many streams were asked for. */
  int opened() {
    return opened.get();
  }

  @Override
  public InputStream open() {
    InputStream all = rows.open();
    return opened.incrementAndGet() > 1 ? all : new Meeting(all);
  }

  @Override
  public long rows() {
    return rows.rows();
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  private final class Meeting extends FilterInputStream {
    private int read;

    Meeting(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int n = super.read(to, offset, Math.min(length, 8192));
      if (read < at && read + n >= at) {
        event.run();
      }
      read += n;
      return n;
    }
  }
}
