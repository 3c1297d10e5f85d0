package dev.foldback.core.fold;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.UnfitEditsException;

/** The errors that say that a log and a snapshot don't belong together. */
final class Mismatch {
  private static final String HINT =
      "Restore the snapshot alone with --snapshot, or from another one; run foldback verify, and"
          + " take a full backup so that there is a sound restore point again.";

  private Mismatch() {}

  /** The log changes or deletes a row that isn't there. */
  static FoldbackException missing(KeyShape shape, byte[] key, int from, int to) {
    return of(shape, key, from, to, "the log changes a row that neither the snapshot nor the log");
  }

  /** The log inserts a row that is there. */
  static FoldbackException existing(KeyShape shape, byte[] key, int from, int to) {
    return new FoldbackException(
        ErrorCode.FOLD_MISMATCH,
        where(shape, key, from, to)
            + "the log inserts a row that the snapshot or the log before it already holds: they do"
            + " not fit together, and the table's rows at that moment can't be known",
        HINT);
  }

  /** The snapshot has a key twice. */
  static FoldbackException twice(KeyShape shape, byte[] key, int from, int to) {
    return new FoldbackException(
        ErrorCode.FOLD_MISMATCH,
        where(shape, key, from, to)
            + "the snapshot holds two rows with this key, so the log's changes of it can't be"
            + " assigned",
        HINT);
  }

  /** The log edits another value than the one that is there. */
  static FoldbackException unfit(
      KeyShape shape, byte[] key, int from, int to, UnfitEditsException cause) {
    return new FoldbackException(
        ErrorCode.FOLD_MISMATCH,
        where(shape, key, from, to)
            + "the log holds parts of a value that do not fit what the snapshot or the log before"
            + " it holds ("
            + cause.getMessage()
            + "): they do not fit together, and the table's rows at that moment can't be known",
        HINT,
        cause);
  }

  private static FoldbackException of(KeyShape shape, byte[] key, int from, int to, String what) {
    return new FoldbackException(
        ErrorCode.FOLD_MISMATCH,
        where(shape, key, from, to)
            + what
            + " before it holds: they do not fit together, and the table's rows at that moment"
            + " can't be known",
        HINT);
  }

  private static String where(KeyShape shape, byte[] key, int from, int to) {
    return shape.table().name() + ", " + shape.describe(key, from, to) + ": ";
  }

  /** The log left out what is needed. */
  static FoldbackException incomplete(TableDefinition table) {
    return new FoldbackException(
        ErrorCode.NOT_RESTORABLE,
        table.name()
            + ": the log left out columns that tell which row changed or what a new row holds; its"
            + " changes can't be folded",
        "Set binlog_row_image=FULL on the source and take a full backup; until then restore the"
            + " snapshot alone with --snapshot.");
  }

  /** A row of the snapshot is not of the table's layout. */
  static FoldbackException columns(TableDefinition table) {
    return new FoldbackException(
        ErrorCode.FRAME_DAMAGED,
        table.name() + ": a row of the snapshot has fewer columns than the table",
        HINT);
  }

  /** The snapshot's rows end within a row. */
  static FoldbackException cut() {
    return new FoldbackException(
        ErrorCode.FRAME_DAMAGED, "the rows of the snapshot end in the middle of a row", HINT);
  }
}
