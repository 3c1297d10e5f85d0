package dev.foldback.core.fold;

import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.log.RowImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What became of one table: changes in memory, and before them runs in the work file. */
final class TableFold {
  private static final byte[] NOTHING = {};

  final KeyShape shape;
  final boolean checked;
  private final KeyReader before;
  private final KeyReader after;
  private final RowBuffer scratch = new RowBuffer(64);
  private final List<Run> runs = new ArrayList<>();
  private final List<Run> moves = new ArrayList<>();
  private TableDefinition definition;
  private Reduction reduction;
  private boolean moved;
  private boolean merging;
  private long changes;
  private long net;

  TableFold(TableDefinition definition, ValueEdits edits, boolean checked) {
    this.definition = definition;
    this.shape = new KeyShape(definition, edits);
    this.checked = checked;
    this.before = new KeyReader(shape);
    this.after = new KeyReader(shape);
    this.reduction = new Reduction(shape, checked);
  }

  /** Refuses changes of another layout than those before, and any after the merge has begun. */
  void expect(TableDefinition table) {
    if (merging) {
      throw new IllegalStateException(table.name() + " is being merged and takes no more changes");
    }
    expectLayout(table);
  }

  // The same object has the same layout; all changes ask.
  @SuppressWarnings("ReferenceEquality")
  void expectLayout(TableDefinition table) {
    if (table != definition) {
      if (!table.columns().equals(definition.columns()) || !table.key().equals(definition.key())) {
        throw new IllegalArgumentException(
            table.name() + " has another layout than the changes before had");
      }
      definition = table;
    }
  }

  void insert(RowImage row) {
    if (!row.isWhole()) {
      throw Mismatch.incomplete(definition);
    }
    changes++;
    net++;
    after.of(row);
    if (shape.isKeyed()) {
      put(after, false, row);
    } else {
      reduction.count(after.hash, after.bytes, after.from, after.to, 1);
    }
  }

  private void put(KeyReader key, boolean expected, RowImage row) {
    RowBuffer text = row.text;
    reduction.apply(
        key.hash, key.bytes, key.from, key.to, expected, Entry.PUT, text.bytes, 0, text.length);
  }

  void delete(RowImage row) {
    changes++;
    net--;
    before.of(row);
    if (shape.isKeyed()) {
      remove();
    } else {
      expectWhole(row);
      reduction.count(before.hash, before.bytes, before.from, before.to, -1);
    }
  }

  private void remove() {
    KeyReader key = before;
    reduction.apply(key.hash, key.bytes, key.from, key.to, true, Entry.DELETE, NOTHING, 0, 0);
  }

  void update(RowImage old, RowImage row) {
    changes++;
    before.of(old);
    if (!shape.isKeyed()) {
      expectWhole(old);
      updateCounts(old, row);
      return;
    }
    after.of(old, row);
    boolean same =
        Arrays.equals(before.bytes, before.from, before.to, after.bytes, after.from, after.to);
    if (row.isWhole()) {
      if (!same) {
        remove();
      }
      put(after, same, row);
      return;
    }
    scratch.clear();
    Patch.append(row, scratch);
    if (same) {
      reduction.apply(
          after.hash,
          after.bytes,
          after.from,
          after.to,
          true,
          Entry.PATCH,
          scratch.bytes,
          0,
          scratch.length);
    } else {
      reduction.move(before, after, scratch);
      moved = true;
    }
  }

  private void updateCounts(RowImage old, RowImage row) {
    reduction.count(before.hash, before.bytes, before.from, before.to, -1);
    byte[] bytes = row.text.bytes;
    int length = row.text.length;
    if (!row.isWhole()) {
      scratch.clear();
      Patch.append(row, scratch);
      int patchEnd = scratch.length;
      Patch.overRow(shape, old.text.bytes, 0, scratch.bytes, 0, patchEnd, scratch);
      bytes = Arrays.copyOfRange(scratch.bytes, patchEnd, scratch.length);
      length = bytes.length;
    }
    int end = length - 1;
    reduction.count(Bytes.hash(bytes, 0, end), bytes, 0, end, 1);
  }

  private void expectWhole(RowImage row) {
    if (!row.isWhole()) {
      throw Mismatch.incomplete(definition);
    }
  }

  /** Bytes of memory that it takes. */
  long allocated() {
    return reduction.allocated();
  }

  /**
   * Writes what is in memory to the file.
   *
   * @param memory bytes that may be taken besides
   */
  void flush(WorkFile file, long memory) {
    EntryTable table = reduction.table();
    if (table.size() == 0) {
      return;
    }
    if (moved) {
      moves.addAll(Moves.write(file, table.arena(), runs.size(), memory));
      moved = false;
    }
    runs.add(Run.write(file, table.arena()));
    reduction = new Reduction(shape, checked);
  }

  /** No more changes come. */
  void freeze() {
    merging = true;
    // Those that read it from now on may be several threads.
    var _ = reduction.table();
  }

  boolean isFrozen() {
    return merging;
  }

  /** Takes the runs back into memory. */
  void load() {
    reduction = new Loader(shape, checked, runs, List.of()).load(Loader.ALL);
    runs.clear();
  }

  boolean isMoved() {
    return moved || !moves.isEmpty();
  }

  List<Run> runs() {
    return runs;
  }

  List<Run> moves() {
    return moves;
  }

  EntryTable table() {
    return reduction.table();
  }

  /** Inserted rows less deleted ones. */
  long net() {
    return net;
  }

  FoldChanges changes() {
    long left = reduction.table().size() + runs.stream().mapToLong(Run::records).sum();
    long spilled = runs.stream().mapToLong(Run::size).sum();
    return new FoldChanges(changes, left, spilled);
  }
}
