package dev.foldback.core.engine;

import dev.foldback.core.Selection;
import java.util.List;

/**
 * What to bring to a target.
 *
 * @param restoreId names this restore, so that the same one run again can resume; a change of any
 *     option gives another id
 * @param source the server that the snapshot is of
 * @param objects everything that the snapshot holds
 * @param tables every table that the snapshot holds
 * @param selection what to bring
 * @param renames where it goes under another name
 * @param existing what to do with tables and other objects that exist there
 */
public record LoadRequest(
    String restoreId,
    ServerInfo source,
    List<SchemaObject> objects,
    List<TableDefinition> tables,
    Selection selection,
    Renames renames,
    Existing existing) {
  public LoadRequest {
    objects = List.copyOf(objects);
    tables = List.copyOf(tables);
  }

  /** What to do with what would be overwritten. Accounts that exist are always left alone. */
  public enum Existing {
    /** Stop before anything is written. */
    REFUSE,
    /** Drop it and restore. */
    REPLACE,
    /** Leave it as it is and name it. */
    SKIP
  }
}
