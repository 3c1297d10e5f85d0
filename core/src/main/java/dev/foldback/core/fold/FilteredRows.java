package dev.foldback.core.fold;

import dev.foldback.core.engine.RowSource;
import dev.foldback.core.frame.RowBuffer;
import java.io.IOException;
import java.io.InputStream;

/**
 * Some rows of another source. They are read once when this is made, to know how many there are.
 */
public final class FilteredRows implements RowSource {
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
    RowScan.each(
        all,
        scan -> {
          if (filter.test(scan.bytes, scan.from, scan.to)) {
            sum.add(scan.bytes, scan.from, scan.to);
            length[0] += scan.to - scan.from;
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
    return new RowStream(new RowScan(all.open())) {
      @Override
      boolean step(RowBuffer out) throws IOException {
        if (!scan.next()) {
          return false;
        }
        if (filter.test(scan.bytes, scan.from, scan.to)) {
          Patch.append(out, scan.bytes, scan.from, scan.to);
        }
        return true;
      }
    };
  }
}
