package dev.foldback.core.fold;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.log.RowImage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reduces the changes of a log to the last image of each row, and merges them into the rows of a
 * snapshot. A row is known by the exact bytes of its key; in a table with no key, by all its bytes,
 * and what is kept is how many more or fewer of it there are. That every change finds its row, and
 * every new row none, is checked, and {@code FOLD_MISMATCH} tells where it is not so.
 *
 * <p>Changes come from one thread. When all of a table's are in, {@link #merge} gives its rows;
 * tables may be merged on several threads at once. Memory is bounded: beyond it, changes go to a
 * file in the work folder, sealed with a key that is only in memory.
 */
public final class Fold implements AutoCloseable {
  private static final long LEAST = 1 << 12;

  private final WorkFile file;
  private final ValueEdits edits;
  private final long limit;
  private final long working;
  private final Map<TableName, TableFold> folds = new HashMap<>();
  private final Set<TableName> emptied = new HashSet<>();
  private final Set<TableName> unchecked = new HashSet<>();
  private final Object joining = new Object();
  private @Nullable TableDefinition lastTable;
  private @Nullable TableFold last;
  private long lastAllocated;
  private long allocated;

  /**
   * @param workFolder made when it is needed
   * @param memoryBytes what all changes together may take of the heap, with the work of merging
   * @param edits of values, as far as the log holds such
   */
  public Fold(Path workFolder, long memoryBytes, ValueEdits edits) {
    this(new WorkFile(workFolder), memoryBytes, edits);
  }

  Fold(WorkFile file, long memoryBytes, ValueEdits edits) {
    this.file = file;
    this.edits = edits;
    limit = memoryBytes / 4 * 3;
    working = Math.max(LEAST, memoryBytes / 16);
  }

  /**
   * Takes the table's changes as they come, with no check that they find their rows: the last one
   * counts. To be said before its first change. A change that leaves columns out still needs its
   * row.
   */
  public synchronized void leaveUnchecked(TableName table) {
    if (folds.containsKey(table)) {
      throw new IllegalStateException(table + " already has changes");
    }
    unchecked.add(table);
  }

  /** A row came to be; its image is whole. */
  public void insert(TableDefinition table, RowImage after) {
    of(table).insert(after);
    settle();
  }

  /**
   * A row changed.
   *
   * @param before at least the columns of the key, or all where the table has none
   * @param after what it leaves out is as before, and what it has edits of is that with them
   */
  public void update(TableDefinition table, RowImage before, RowImage after) {
    of(table).update(before, after);
    settle();
  }

  /**
   * A row went.
   *
   * @param before at least the columns of the key, or all where the table has none
   */
  public void delete(TableDefinition table, RowImage before) {
    of(table).delete(before);
    settle();
  }

  /** The table was emptied or made anew: the snapshot's rows and all changes so far are void. */
  public synchronized void forget(TableName table) {
    release(table);
    emptied.add(table);
  }

  /** Gives the memory of a table back, whose rows are needed no more. */
  public synchronized void release(TableName table) {
    TableFold fold = folds.remove(table);
    if (fold != null) {
      allocated -= fold.allocated();
    }
    lastTable = null;
    last = null;
  }

  /** The tables that have changes or were emptied. */
  public synchronized Set<TableName> tables() {
    Set<TableName> names = new TreeSet<>(folds.keySet());
    names.addAll(emptied);
    return names;
  }

  /** What is left of the table's changes. */
  public synchronized FoldChanges changes(TableName table) {
    TableFold fold = folds.get(table);
    return fold == null ? new FoldChanges(0, 0, 0) : fold.changes();
  }

  // Most changes are of the same table as the one before.
  @SuppressWarnings("ReferenceEquality")
  private TableFold of(TableDefinition table) {
    TableFold fold = last;
    if (fold == null || table != lastTable) {
      fold = find(table);
      last = fold;
      lastTable = table;
      lastAllocated = fold.allocated();
    }
    return fold;
  }

  private synchronized TableFold find(TableDefinition table) {
    TableFold fold = folds.get(table.name());
    if (fold == null) {
      fold = new TableFold(table, edits, !unchecked.contains(table.name()));
      folds.put(table.name(), fold);
      allocated += fold.allocated();
    }
    fold.expect(table);
    return fold;
  }

  private void settle() {
    TableFold fold = last;
    if (fold != null && fold.allocated() != lastAllocated) {
      synchronized (this) {
        allocated += fold.allocated() - lastAllocated;
        lastAllocated = fold.allocated();
        while (allocated > limit && spillLargest()) {
          lastAllocated = fold.allocated();
        }
      }
    }
  }

  private boolean spillLargest() {
    TableFold largest = null;
    for (TableFold fold : folds.values()) {
      if (!fold.isFrozen()
          && fold.table().size() > 0
          && (largest == null || fold.allocated() > largest.allocated())) {
        largest = fold;
      }
    }
    if (largest == null) {
      return false;
    }
    flush(largest);
    return true;
  }

  private void flush(TableFold fold) {
    allocated -= fold.allocated();
    fold.flush(file, working);
    allocated += fold.allocated();
  }

  /**
   * The table's rows with all changes in them. The table takes no more changes.
   *
   * @param snapshot its rows when the log began
   */
  public synchronized FoldedRows merge(TableDefinition table, RowSource snapshot) {
    boolean empty = emptied.contains(table.name());
    TableFold fold = folds.get(table.name());
    if (fold == null) {
      return new FoldedRows(this, null, empty, snapshot, true);
    }
    fold.expectLayout(table);
    fold.freeze();
    lastTable = null;
    last = null;
    if (fold.isMoved()) {
      flush(fold);
    } else if (!fold.runs().isEmpty()) {
      flush(fold);
      // Perhaps there is room for them after all; a table takes up to half more than its records.
      long size = fold.runs().stream().mapToLong(Run::size).sum();
      if (allocated + size + size / 2 <= limit) {
        allocated -= fold.allocated();
        fold.load();
        allocated += fold.allocated();
      }
    }
    boolean ordered = fold.shape.order() != null;
    return new FoldedRows(this, fold, empty, snapshot, ordered);
  }

  /** Joins spilled changes with a snapshot; one table at once, for the memory it takes. */
  SpilledJoin.Plan join(TableFold fold, @Nullable RowSource snapshot) {
    synchronized (joining) {
      SnapshotPass.Found found =
          snapshot == null
              ? SnapshotPass.Found.NONE
              : new SnapshotPass(fold, file, working).over(snapshot);
      var moved = new MoveAnswers(fold, found.origins(), file, working).find();
      return new SpilledJoin(fold, file).join(found.hits(), moved, working);
    }
  }

  /** Forgets everything and wipes the work file. */
  @Override
  public void close() {
    file.close();
  }
}
