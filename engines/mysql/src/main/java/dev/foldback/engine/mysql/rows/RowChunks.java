package dev.foldback.engine.mysql.rows;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of rows in parts: each ends with the first row's end after so many bytes. A newline byte
 * is always the end of a row, because values have theirs escaped.
 */
final class RowChunks extends InputStream {
  private final BufferedInputStream in;
  private final long chunk;
  private long left;
  private boolean ended;

  RowChunks(InputStream in, long chunk) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.chunk = chunk;
  }

  /** Begins the next part. False after the last. */
  boolean begin() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return false;
    }
    in.reset();
    left = chunk;
    ended = false;
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    if (left > 0) {
      int read = in.read(to, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      ended = read < 0 || (left == 0 && to[offset + read - 1] == '\n');
      return read;
    }
    return toEndOfRow(to, offset, length);
  }

  private int toEndOfRow(byte[] to, int offset, int length) throws IOException {
    int read = 0;
    while (read < length) {
      int c = in.read();
      if (c < 0) {
        ended = true;
        break;
      }
      to[offset + read++] = (byte) c;
      if (c == '\n') {
        ended = true;
        break;
      }
    }
    return read == 0 ? -1 : read;
  }
}
