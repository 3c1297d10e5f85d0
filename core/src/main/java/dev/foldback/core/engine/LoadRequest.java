package dev.foldback.core.engine;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import java.util.List;
import java.util.Map;

/**
 * What to bring to a target.
 *
 * @param restoreId names this restore, so that the same one run again can resume; a change of any
 *     option gives another id
 * @param source the server that the snapshot is of
 * @param objects everything that the snapshot holds
 * @param tables every table that the snapshot holds
 * @param selection what to bring
 * @param scope what the snapshot was taken of: the rest it knows nothing about
 * @param renames where it goes under another name
 * @param existing what to do with tables and other objects that exist there
 * @param largestRows bytes that the largest row of a table has at least, as text, where that is
 *     known
 */
public record LoadRequest(
    String restoreId,
    ServerInfo source,
    List<SchemaObject> objects,
    List<TableDefinition> tables,
    Selection selection,
    Selection scope,
    Renames renames,
    Existing existing,
    Map<TableName, Long> largestRows) {
  public LoadRequest {
    objects = List.copyOf(objects);
    tables = List.copyOf(tables);
    largestRows = Map.copyOf(largestRows);
  }

  /** The same to go under other names. */
  public LoadRequest withRenames(Renames others) {
    return new LoadRequest(
        restoreId, source, objects, tables, selection, scope, others, existing, largestRows);
  }

  /** What to do with what would be overwritten. Accounts that exist are always left alone. */
  public enum Existing {
    /** Stop before anything is written. */
    REFUSE,
    /** Drop it and restore. */
    REPLACE,
    /** Leave it as it is and name it. */
    SKIP,
    /**
     * Restore in place: load beside it and, once all rows are compared, change places with it. What
     * was there is kept until it is released.
     */
    SWAP
  }
}
