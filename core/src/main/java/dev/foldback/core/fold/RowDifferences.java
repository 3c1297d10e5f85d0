package dev.foldback.core.fold;

import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.Hashing;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows in which two states of a table differ, whatever their order. A first pass over
 * both sums the hashes of the rows in buckets by their keys; where the sums are equal so are the
 * rows. Further passes hold the rows of the other buckets, as many at once as memory has room for.
 */
public final class RowDifferences {
  private static final int BUCKETS = 1 << 18;
  private static final int HASH = 32;

  /** What a row takes besides its bytes. */
  private static final int OVERHEAD = 160;

  private final KeyShape shape;
  private final long memory;
  private final long[] first = new long[BUCKETS];
  private final long[] second = new long[BUCKETS];
  private final long[] size = new long[BUCKETS];
  private final MessageDigest sha = Hashing.sha256();
  private final byte[] hash = new byte[HASH];

  /** Hears of a row that differs; null stands for none. Each is a whole row with its newline. */
  public interface Listener {
    void differs(byte @Nullable [] before, byte @Nullable [] after);
  }

  /**
   * @param table as both have it
   * @param memory bytes for rows that are held at once
   */
  public RowDifferences(TableDefinition table, long memory) {
    this.shape = new KeyShape(table);
    this.memory = memory;
  }

  /** Tells all rows that differ. */
  public void run(RowSource before, RowSource after, Listener listener) {
    sum(before, 1);
    sum(after, -1);
    int from = 0;
    while (from < BUCKETS) {
      int to = from;
      long held = 0;
      while (to < BUCKETS && (held == 0 || held + size(to) <= memory)) {
        held += size(to++);
      }
      if (held > 0) {
        compare(from, to, before, after, listener);
      }
      from = to;
    }
  }

  private long size(int bucket) {
    return first[bucket] == 0 && second[bucket] == 0 ? 0 : size[bucket];
  }

  private static int bucket(long keyHash) {
    return (int) (keyHash & (BUCKETS - 1));
  }

  private void sum(RowSource rows, int sign) {
    KeyReader key = new KeyReader(shape);
    RowScan.each(
        rows,
        scan -> {
          key.ofRow(scan.bytes, scan.from, scan.to);
          int bucket = bucket(key.hash);
          hash(scan);
          first[bucket] += sign * Bytes.getLong(hash, 0);
          second[bucket] += sign * Bytes.getLong(hash, 8);
          size[bucket] += scan.to - scan.from + OVERHEAD;
        });
  }

  private void hash(RowScan scan) {
    try {
      sha.update(scan.bytes, scan.from, scan.to - scan.from);
      sha.digest(hash, 0, HASH);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
  }

  /** A key or row as a map's key. */
  private static final class Content {
    private final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** A row of the first state, and how often it is there more than in the second. */
  private static final class Held {
    final byte[] row;
    int count;

    Held(byte[] row) {
      this.row = row;
    }
  }

  private void compare(int from, int to, RowSource before, RowSource after, Listener listener) {
    Map<Content, Held> held = new HashMap<>();
    KeyReader key = new KeyReader(shape);
    RowScan.each(
        before,
        scan -> {
          key.ofRow(scan.bytes, scan.from, scan.to);
          if (isIn(from, to, key)) {
            held.computeIfAbsent(content(key), k -> new Held(row(scan))).count++;
          }
        });
    RowScan.each(
        after,
        scan -> {
          key.ofRow(scan.bytes, scan.from, scan.to);
          if (isIn(from, to, key)) {
            meet(held, content(key), row(scan), listener);
          }
        });
    for (Held each : held.values()) {
      for (int i = 0; i < each.count; i++) {
        listener.differs(each.row, null);
      }
    }
  }

  private static void meet(Map<Content, Held> held, Content key, byte[] row, Listener listener) {
    Held same = held.get(key);
    if (same == null || same.count == 0) {
      listener.differs(null, row);
      return;
    }
    same.count--;
    if (!Arrays.equals(same.row, row)) {
      listener.differs(same.row, row);
    }
  }

  private boolean isIn(int from, int to, KeyReader key) {
    int bucket = bucket(key.hash);
    return bucket >= from && bucket < to && size(bucket) > 0;
  }

  private static Content content(KeyReader key) {
    return new Content(Arrays.copyOfRange(key.bytes, key.from, key.to));
  }

  private static byte[] row(RowScan scan) {
    return Arrays.copyOfRange(scan.bytes, scan.from, scan.to);
  }
}
