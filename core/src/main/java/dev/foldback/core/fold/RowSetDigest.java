package dev.foldback.core.fold;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.frame.Hashing;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A digest of a multiset of rows: whatever their order, the same rows, each as often, have the same
 * digest. The SHA-256 of each row is taken as four little-endian 64-bit numbers, and these are
 * summed modulo 2^64. It finds what goes wrong by accident; someone who chooses rows to that end
 * could make two sets with one digest. Not for several threads: {@link Value#plus} joins what each
 * has.
 */
public final class RowSetDigest {
  /** Of a table whose frames are not in the order in which a server gives its rows. */
  private static final String PROPERTY = "rows_digest";

  private static final int SIZE = 32;
  private final MessageDigest sha = Hashing.sha256();
  private final byte[] hash = new byte[SIZE];
  private long rows;
  private long lane0;
  private long lane1;
  private long lane2;
  private long lane3;

  /** A table's properties with the digest of its rows, or with none. */
  public static Map<String, String> kept(Map<String, String> properties, Optional<Value> digest) {
    Map<String, String> all = new HashMap<>(properties);
    all.remove(PROPERTY);
    digest.ifPresent(value -> all.put(PROPERTY, value.text()));
    return all;
  }

  /** The digest that a table's properties hold. */
  public static Optional<Value> of(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(PROPERTY)).map(Value::parse);
  }

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

    /** What {@link #text} wrote. */
    static Value parse(String text) {
      try {
        int lane = Long.BYTES * 2;
        return new Value(
            Long.parseLong(text.substring(4 * lane + 1)),
            HexFormat.fromHexDigitsToLong(text, 0, lane),
            HexFormat.fromHexDigitsToLong(text, lane, 2 * lane),
            HexFormat.fromHexDigitsToLong(text, 2 * lane, 3 * lane),
            HexFormat.fromHexDigitsToLong(text, 3 * lane, 4 * lane));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new FoldbackException(
            ErrorCode.MANIFEST_DAMAGED,
            "'" + text + "' is no digest of rows",
            "Run 'foldback verify'; restore an earlier snapshot.",
            e);
      }
    }

    /** The lanes in lower-case hexadecimal, a colon, and the number of rows. */
    String text() {
      return "%016x%016x%016x%016x:%d".formatted(lane0, lane1, lane2, lane3, rows);
    }

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
