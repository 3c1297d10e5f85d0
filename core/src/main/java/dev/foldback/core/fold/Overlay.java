package dev.foldback.core.fold;

/**
 * What the changes make of a snapshot's rows, row after row. One of its own for each stream. Where
 * a method gives a row, it is {@code from} to {@code to} in {@code bytes}, its newline included.
 */
abstract class Overlay {
  /** What becomes of a row of the snapshot. */
  enum Fate {
    KEPT,
    DROPPED,
    REPLACED
  }

  byte[] bytes = {};
  int from;
  int to;

  /** Goes to this row of the snapshot; comes before the other two. */
  abstract void meet(RowScan row);

  /** Whether another new row comes before the row that was met, and gives it. */
  abstract boolean insertsBefore();

  /** What becomes of the row that was met; where it is replaced, gives what by. */
  abstract Fate fate(RowScan row);

  /** Whether another new row comes after the last row of the snapshot, and gives it. */
  abstract boolean insertsAtEnd();

  /** All rows were met and all new ones given. */
  abstract void end();

  void give(byte[] array, int start, int end) {
    bytes = array;
    from = start;
    to = end;
  }

  /** Of a table with no changes. */
  static final class None extends Overlay {
    @Override
    void meet(RowScan row) {}

    @Override
    boolean insertsBefore() {
      return false;
    }

    @Override
    Fate fate(RowScan row) {
      return Fate.KEPT;
    }

    @Override
    boolean insertsAtEnd() {
      return false;
    }

    @Override
    void end() {}
  }
}
