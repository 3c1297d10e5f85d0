package dev.foldback.engine.mysql.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives a few bytes and then waits, so that something can happen in the middle of a load. */
final class SlowStream extends FilterInputStream {
  private int reads;

  SlowStream(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (++reads > 2 && reads < 12) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return super.read(to, offset, Math.min(length, 4096));
  }
}
