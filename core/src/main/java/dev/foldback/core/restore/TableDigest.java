package dev.foldback.core.restore;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.frame.FrameCutter;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a table as a multiset of rows: the digests of its slices are summed. */
final class TableDigest {
  private final TableDefinition table;
  private final RowSetDigest.Value expected;
  private RowSetDigest.Value sum = RowSetDigest.Value.NONE;
  private int left;

  TableDigest(TableDefinition table, RowSetDigest.Value expected) {
    this.table = table;
    this.expected = expected;
    this.left = table.slices().size();
  }

  /** Reads a slice back. After the last one, the difference, if there is one. */
  Optional<Finding> read(LoadSession session, Slice slice, Progress progress) {
    List<Sink> given = new ArrayList<>(1);
    session.read(
        table,
        slice,
        () -> {
          given.clear();
          given.add(new Sink(progress));
          return given.getFirst();
        });
    RowSetDigest.Value value = given.isEmpty() ? RowSetDigest.Value.NONE : given.getFirst().end();
    return add(value);
  }

  private synchronized Optional<Finding> add(RowSetDigest.Value value) {
    sum = sum.plus(value);
    left--;
    if (left > 0 || sum.equals(expected)) {
      return Optional.empty();
    }
    String what =
        sum.rows() == expected.rows()
            ? "its " + sum.rows() + " rows are not those of the fold"
            : "it has " + sum.rows() + " rows, the fold has " + expected.rows();
    return Optional.of(
        Finding.error(
            ErrorCode.ROWS_DIFFER.code(),
            table.name().toString(),
            what,
            "Restore this table again, beside the other, and compare: --include "
                + table.name()
                + " --rename "
                + table.name()
                + "=…"));
  }

  private static final class Sink implements RowSink {
    private static final int EVERY = 1000;

    private final RowSetDigest digest = new RowSetDigest();
    private final RowBuffer buffer = new RowBuffer(FrameCutter.MIN);
    private final Progress progress;
    private long rows;
    private long bytes;

    Sink(Progress progress) {
      this.progress = progress;
    }

    @Override
    public RowBuffer buffer() {
      return buffer;
    }

    @Override
    public void endRow() {
      digest.add(buffer.bytes, 0, buffer.length);
      bytes += buffer.length;
      buffer.clear();
      if (++rows == EVERY) {
        tell();
      }
    }

    private void tell() {
      progress.advance(rows, bytes);
      rows = 0;
      bytes = 0;
    }

    RowSetDigest.Value end() {
      tell();
      return digest.value();
    }
  }
}
