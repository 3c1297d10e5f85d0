package dev.foldback.core.fold;

import dev.foldback.core.engine.RowSource;
import dev.foldback.core.frame.RowBuffer;
import java.io.IOException;
import java.io.InputStream;

/**
 * Some rows of another source. They are read once when this is made, to know how many there are.
 */
public final class FilteredRows implements RowSource {
  private static final int CHUNK = 1 << 16;

  private final RowSource all;
  private final Filter filter;
  private final RowSetDigest.Value digest;
  private final long bytes;

  /** Says which rows are wanted. */
  public interface Filter {
    /**
     * @param to its end, after its newline
     */
    boolean test(byte[] row, int from, int to);
  }

  public FilteredRows(RowSource all, Filter filter) {
    this.all = all;
    this.filter = filter;
    RowSetDigest sum = new RowSetDigest();
    long[] length = new long[1];
    RowScan.read(
        () -> {
          try (RowScan scan = new RowScan(all.open())) {
            while (scan.next()) {
              if (filter.test(scan.bytes, scan.from, scan.to)) {
                sum.add(scan.bytes, scan.from, scan.to);
                length[0] += scan.to - scan.from;
              }
            }
          }
        });
    this.digest = sum.value();
    this.bytes = length[0];
  }

  /** Of the rows that are wanted. */
  public RowSetDigest.Value digest() {
    return digest;
  }

  @Override
  public long rows() {
    return digest.rows();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public InputStream open() {
    return new Stream(new RowScan(all.open()));
  }

  private final class Stream extends InputStream {
    private final RowScan scan;
    private final RowBuffer out = new RowBuffer(CHUNK);
    private int given;
    private boolean ended;

    Stream(RowScan scan) {
      this.scan = scan;
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

    private boolean fill() throws IOException {
      if (given < out.length) {
        return true;
      }
      out.clear();
      given = 0;
      while (out.length < CHUNK && !ended) {
        if (!scan.next()) {
          ended = true;
        } else if (filter.test(scan.bytes, scan.from, scan.to)) {
          Patch.append(out, scan.bytes, scan.from, scan.to);
        }
      }
      return out.length > 0;
    }

    @Override
    public void close() throws IOException {
      scan.close();
    }
  }
}
