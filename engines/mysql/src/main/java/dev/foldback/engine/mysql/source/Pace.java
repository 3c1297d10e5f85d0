package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import java.util.concurrent.TimeUnit;

/**
 * Slows reading down: to a number of bytes a second over all threads, and to a halt while the
 * server has too much to do.
 */
final class Pace {
  private static final int STEP = 64 << 10;

  private final long bytesPerSecond;
  private long nextFree = System.nanoTime();
  private boolean paused;

  /**
   * @param bytesPerSecond 0 for no limit
   */
  Pace(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Holds all readers until called with false. */
  synchronized void pause(boolean on) {
    paused = on;
    notifyAll();
  }

  /** Waits until so many bytes more may be read. */
  void take(long bytes) {
    try {
      long wait = reserve(bytes);
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED, "stopped while reading slowly", "Run the same command again.", e);
    }
  }

  private synchronized long reserve(long bytes) throws InterruptedException {
    while (paused) {
      wait();
    }
    if (bytesPerSecond == 0) {
      return 0;
    }
    long now = System.nanoTime();
    // What was not used is not saved up: a burst is what the limit is there to prevent.
    long start = Math.max(now, nextFree);
    nextFree = start + (long) (bytes * 1e9 / bytesPerSecond);
    return start - now;
  }

  /** A sink that keeps the pace. */
  RowSink slow(RowSink to) {
    return new RowSink() {
      private long untaken;
      private int mark = to.buffer().length;

      @Override
      public RowBuffer buffer() {
        return to.buffer();
      }

      @Override
      public void endRow() {
        untaken += to.buffer().length - mark;
        to.endRow();
        mark = to.buffer().length;
        if (untaken >= STEP) {
          take(untaken);
          untaken = 0;
        }
      }
    };
  }
}
