package dev.foldback.engine.mysql.source;

import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts large tables into slices of about equal size. Borders are midpoints of blocks of 2^n key
 * values that start at a multiple of their size, found by halving while the server's estimate for a
 * half is too large. So the same table always gets the same borders, and a table that has grown, or
 * one planned for more threads, keeps those it had: frames stay the same between snapshots.
 */
final class SlicePlanner {
  /** Smaller slices would cost more in queries than they gain. */
  static final long SMALLEST = 32L << 20;

  private static final int SLICES_PER_THREAD = 8;
  private static final int MOST_SLICES = 512;

  private final Connection connection;
  private final long target;

  /**
   * @param smallest no slice is planned below this many bytes
   */
  SlicePlanner(Connection connection, List<TableDefinition> tables, int threads, long smallest) {
    this.connection = connection;
    long total = tables.stream().mapToLong(TableDefinition::estimatedBytes).sum();
    this.target = Math.max(smallest, total / ((long) threads * SLICES_PER_THREAD));
  }

  /**
   * The table with its slices; the same table where one slice is enough, or where the server won't
   * answer what is asked of the key: it may refuse to compare a text of a legacy character set.
   */
  TableDefinition plan(TableDefinition table) throws SQLException {
    Optional<KeyRange> range = KeyRange.of(table);
    if (table.estimatedBytes() <= target * 3 / 2 || range.isEmpty()) {
      return table;
    }
    List<Slice> slices;
    try {
      slices = new Cutting(table, range.get()).slices();
    } catch (SQLException e) {
      if (ServerErrors.isLost(e) || ServerErrors.isGone(e)) {
        throw e;
      }
      return table;
    }
    return new TableDefinition(
        table.name(),
        table.columns(),
        table.key(),
        slices,
        table.estimatedRows(),
        table.estimatedBytes(),
        table.properties());
  }

  /** The cutting of one table. */
  private final class Cutting {
    private final TableDefinition table;
    private final KeyRange range;
    private final String name;
    private final String key;
    private final double bytesPerRow;
    private final List<Slice> slices = new ArrayList<>();
    private String prefix = "";

    Cutting(TableDefinition table, KeyRange range) {
      this.table = table;
      this.range = range;
      this.name = Sql.name(table.name().schema(), table.name().table());
      this.key = Sql.name(table.key().getFirst());
      this.bytesPerRow = table.estimatedBytes() / (double) Math.max(1, table.estimatedRows());
    }

    List<Slice> slices() throws SQLException {
      Map<String, @Nullable String> ends =
          Queries.rows(
                  connection,
                  "select "
                      + range.expression("min", key)
                      + " as a, "
                      + range.expression("max", key)
                      + " as b from "
                      + name)
              .getFirst();
      @Nullable String min = ends.get("a");
      @Nullable String max = ends.get("b");
      if (min == null || max == null) {
        return table.slices();
      }
      prefix = range.prefix(min, max);
      long low = range.number(min.substring(prefix.length()));
      long high = range.number(max.substring(prefix.length()));
      int bits = 64 - Long.numberOfLeadingZeros(low ^ high);
      long start = bits == 64 ? 0 : low >>> bits << bits;
      cut(null, null, start, bits, table.estimatedBytes());
      return range == KeyRange.TEXT && !bordersRise() ? table.slices() : slices;
    }

    /** Whether the server too, by the column's collation, has each border above the one before. */
    private boolean bordersRise() throws SQLException {
      StringBuilder borders = new StringBuilder();
      for (Slice slice : slices) {
        if (slice.from() != null) {
          borders
              .append(" union all select ")
              .append(slice.from())
              .append(',')
              .append(slice.number());
        }
      }
      // The column of no row lends the texts its character set and collation.
      String all = "(select " + key + " c, 0 n from " + name + " where false" + borders + ")";
      return Queries.one(
              connection,
              "select count(*) from "
                  + all
                  + " a join "
                  + all
                  + " b on b.n = a.n + 1 and b.c <= a.c")
          .equals("0");
    }

    /** Cuts the block of 2^bits values at {@code start}; {@code bytes} is what it may hold. */
    private void cut(@Nullable String from, @Nullable String to, long start, int bits, long bytes)
        throws SQLException {
      long middle = bits == 0 ? start : start | 1L << (bits - 1);
      String border = range.literal(prefix, middle);
      if (bits == 0
          || bytes <= target
          || slices.size() >= MOST_SLICES
          || border.equals(from)
          || border.equals(to)) {
        slices.add(new Slice(slices.size(), from, to, bytes));
        return;
      }
      long left = estimate(from, border);
      long right = estimate(border, to);
      // Estimates of halves are more exact than of the whole, but must not exceed it together.
      double scale = left + right > bytes ? bytes / (double) (left + right) : 1;
      cut(from, border, start, bits - 1, (long) (left * scale));
      cut(border, to, middle, bits - 1, (long) (right * scale));
    }

    private long estimate(@Nullable String from, @Nullable String to) throws SQLException {
      String index = table.properties().getOrDefault(TableProperties.KEY_NAME, "PRIMARY");
      String test =
          (from == null ? "" : key + ">=" + from)
              + (from != null && to != null ? " and " : "")
              + (to == null ? "" : key + "<" + to);
      // Not FORCE INDEX: given no choice, MySQL 9 makes no estimate.
      List<Map<String, @Nullable String>> plan =
          Queries.rows(
              connection,
              "explain format=traditional select 1 from "
                  + name
                  + " use index ("
                  + Sql.name(index)
                  + ") where "
                  + test);
      @Nullable String rows = plan.isEmpty() ? null : plan.getFirst().get("rows");
      return rows == null ? 0 : (long) (Double.parseDouble(rows) * bytesPerRow);
    }
  }
}
