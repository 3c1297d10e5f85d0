package dev.foldback.core.engine;

import dev.foldback.core.TableName;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a script that takes changes of rows back, for the server's own client. The parts that take
 * back one change each stand between {@link #begin} and {@link #end}, the newest change's first.
 * All images must be whole. Not for several threads.
 */
public interface Reversal {

  /**
   * What comes first.
   *
   * @param words lines for people
   * @param schema one that is there, for a temporary table
   */
  String begin(List<String> words, String schema);

  /** Takes an insert back. */
  String insert(TableState table, RowImage after);

  /** Takes an update back; empty where nothing is to be done. */
  String update(TableState table, RowImage before, RowImage after);

  /** Takes a delete back. */
  String delete(TableState table, RowImage before);

  /** What comes last. It makes the changes good only where each part so far did its work. */
  String end();

  /** Why changes of the table can't be taken back exactly; empty where they can. */
  Optional<String> refusal(TableState table);

  /** Whether changes of the table set off triggers. */
  boolean setsOff(TableName table);

  /**
   * The tables whose rows the storage engine may have changed by itself with this change.
   *
   * @param after empty where the row went
   */
  Set<TableName> followers(TableState table, RowImage before, Optional<RowImage> after);
}
