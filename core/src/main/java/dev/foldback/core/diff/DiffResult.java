package dev.foldback.core.diff;

import dev.foldback.core.TableName;
import java.util.List;

/**
 * What differs, by name.
 *
 * @param before how the first point is reached, in words
 * @param compared tables that are in both
 */
public record DiffResult(
    String before,
    String after,
    long compared,
    List<ObjectDifference> objects,
    List<TableDifference> tables) {
  public DiffResult {
    objects = List.copyOf(objects);
    tables = List.copyOf(tables);
  }

  /** Whether nothing differs. */
  public boolean isEqual() {
    return objects.isEmpty() && tables.isEmpty();
  }

  /** What became of a thing. */
  public enum Change {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * A definition that is in one of them only, or differs.
   *
   * @param kind such as {@code view}
   * @param schema empty for what belongs to the whole server
   */
  public record ObjectDifference(Change change, String kind, String schema, String name) {}

  /**
   * A table whose rows differ.
   *
   * @param added rows that are in the second only
   * @param removed rows that are in the first only
   * @param changed rows of the same key with other values; none where the table has no key
   * @param comparable false where columns or key are others: then no row was compared, and {@code
   *     added} and {@code removed} are all rows
   */
  public record TableDifference(
      TableName table, long added, long removed, long changed, boolean comparable) {}
}
