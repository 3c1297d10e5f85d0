package dev.foldback.core.fold;

import dev.foldback.core.frame.Hashing;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * A digest of a multiset of rows: whatever their order, the same rows, each as often, have the same
 * digest. The SHA-256 of each row is taken as four little-endian 64-bit numbers, and these are
 * summed modulo 2^64. It finds what goes wrong by accident; someone who chooses rows to that end
 * could make two sets with one digest. Not for several threads: {@link Value#plus} joins what each
 * has.
 */
public final class RowSetDigest {
  private static final int SIZE = 32;
  private final MessageDigest sha = Hashing.sha256();
  private final byte[] hash = new byte[SIZE];
  private long rows;
  private long lane0;
  private long lane1;
  private long lane2;
  private long lane3;

  /**
   * Takes one row.
   *
   * @param from where it begins in {@code bytes}
   * @param to its end, after its final newline
   */
  public void add(byte[] bytes, int from, int to) {
    sha.update(bytes, from, to - from);
    try {
      sha.digest(hash, 0, SIZE);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
    rows++;
    lane0 += Bytes.getLong(hash, 0);
    lane1 += Bytes.getLong(hash, 8);
    lane2 += Bytes.getLong(hash, 16);
    lane3 += Bytes.getLong(hash, 24);
  }

  /** Of the rows so far. */
  public Value value() {
    return new Value(rows, lane0, lane1, lane2, lane3);
  }

  /**
   * The digest of a multiset of rows.
   *
   * @param rows how many it has
   */
  public record Value(long rows, long lane0, long lane1, long lane2, long lane3) {
    /** Of no rows. */
    public static final Value NONE = new Value(0, 0, 0, 0, 0);

    /** Of the rows of both. */
    public Value plus(Value other) {
      return new Value(
          rows + other.rows,
          lane0 + other.lane0,
          lane1 + other.lane1,
          lane2 + other.lane2,
          lane3 + other.lane3);
    }

    /** The lanes in lower-case hexadecimal, then the number of rows. */
    @Override
    public String toString() {
      return "%016x%016x%016x%016x, %d rows".formatted(lane0, lane1, lane2, lane3, rows);
    }
  }
}
