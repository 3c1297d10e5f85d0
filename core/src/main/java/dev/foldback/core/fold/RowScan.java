package dev.foldback.core.fold;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.frame.RowBuffer;
import java.io.IOException;
import java.io.InputStream;

/** Finds the rows of a stream. */
final class RowScan implements AutoCloseable {
  private static final int CHUNK = 1 << 18;
  private final InputStream in;
  private final RowBuffer buffer = new RowBuffer(CHUNK);
  private boolean ended;

  /** The row: {@code from} to {@code to} in {@code bytes}, its newline included. */
  byte[] bytes = buffer.bytes;

  int from;
  int to;

  /** How many rows were before this one. */
  long ordinal = -1;

  RowScan(InputStream in) {
    this.in = in;
  }

  /** Goes to the next row; false where there is none. */
  boolean next() throws IOException {
    from = to;
    int searched = from;
    while (true) {
      int newline = Bytes.find((byte) '\n', bytes, searched, buffer.length);
      if (newline < buffer.length) {
        to = newline + 1;
        ordinal++;
        return true;
      }
      int held = buffer.length - from;
      if (ended) {
        if (held > 0) {
          throw Mismatch.cut();
        }
        return false;
      }
      fill(held);
      searched = held;
    }
  }

  private void fill(int held) throws IOException {
    System.arraycopy(bytes, from, bytes, 0, held);
    buffer.length = held;
    from = 0;
    to = 0;
    if (held == 0) {
      buffer.clear();
    } else if (held == buffer.bytes.length) {
      buffer.reserve(1);
    }
    bytes = buffer.bytes;
    int n = in.read(bytes, held, bytes.length - held);
    ended = n < 0;
    buffer.length += Math.max(n, 0);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Hears of each row, which is the scan's. */
  interface Each {
    void row(RowScan scan) throws IOException;
  }

  /** Reads all rows. */
  static void each(RowSource rows, Each each) {
    read(
        () -> {
          try (RowScan scan = new RowScan(rows.open())) {
            while (scan.next()) {
              each.row(scan);
            }
          }
        });
  }

  /** Something that reads a snapshot's rows. */
  interface Reading {
    void run() throws IOException;
  }

  /** Tells a failure to read rows as an error. */
  static void read(Reading reading) {
    try {
      reading.run();
    } catch (IOException e) {
      throw new FoldbackException(
          ErrorCode.STORE_FAILED,
          "the rows of the snapshot can't be read: " + e.getMessage(),
          "Run again; if it fails again, run foldback verify.",
          e);
    }
  }
}
