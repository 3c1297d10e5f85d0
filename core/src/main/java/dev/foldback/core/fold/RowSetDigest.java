package dev.foldback.core.fold;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A digest of a multiset of rows: whatever their order, the same rows, each as often, have the same
 * digest. A 128-bit hash of each row is taken as two 64-bit numbers, and these are summed modulo
 * 2^64. It finds what goes wrong by accident; someone who chooses rows to that end could make two
 * sets with one digest. Not for several threads: {@link Value#plus} joins what each has.
 */
public final class RowSetDigest {
  /** Of a table whose frames are not in the order in which a server gives its rows. */
  private static final String PROPERTY = "rows_digest";

  private static final int DIGITS = Long.BYTES * 2;

  private final RowHash hash = new RowHash();
  private long rows;
  private long low;
  private long high;

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
    hash.of(bytes, from, to);
    rows++;
    low += hash.low;
    high += hash.high;
  }

  /** Of the rows so far. */
  public Value value() {
    return new Value(rows, low, high);
  }

  /**
   * The digest of a multiset of rows.
   *
   * @param rows how many it has
   */
  public record Value(long rows, long low, long high) {
    /** Of no rows. */
    public static final Value NONE = new Value(0, 0, 0);

    /** What {@link #text} wrote. */
    static Value parse(String text) {
      try {
        int colon = text.indexOf(':');
        if (colon != 2 * DIGITS) {
          throw new IllegalArgumentException("not two numbers");
        }
        return new Value(
            Long.parseLong(text.substring(colon + 1)),
            HexFormat.fromHexDigitsToLong(text, 0, DIGITS),
            HexFormat.fromHexDigitsToLong(text, DIGITS, colon));
      } catch (IllegalArgumentException e) {
        throw new FoldbackException(
            ErrorCode.MANIFEST_DAMAGED,
            "'" + text + "' is no digest of rows",
            "Run 'foldback verify'; restore an earlier snapshot.",
            e);
      }
    }

    /** Both numbers in lower-case hexadecimal, a colon, and the number of rows. */
    String text() {
      return "%016x%016x:%d".formatted(low, high, rows);
    }

    /** Of the rows of both. */
    public Value plus(Value other) {
      return new Value(rows + other.rows, low + other.low, high + other.high);
    }

    /** Both numbers in lower-case hexadecimal, then the number of rows. */
    @Override
    public String toString() {
      return "%016x%016x, %d rows".formatted(low, high, rows);
    }
  }
}
