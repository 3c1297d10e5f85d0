package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.frame.FrameCutter;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.repository.Lane;
import java.security.DigestException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Cuts the rows of slices into frames and finds or stores each. */
final class RowLane implements Lane, RowSink {
  private static final int START = 2 << 20;

  private final SnapshotRun run;
  private final Packer packer;
  private final RowBuffer buffer = new RowBuffer(START);
  private final MessageDigest digest = Hash.sha256();
  private final byte[] hash = new byte[Hash.BYTES];
  private @Nullable Work work;
  private int rowStart;
  private int rows;
  private boolean closed;

  /** The slice at hand. */
  private record Work(
      TableName table, int slice, FrameList frames, TableReuse reuse, @Nullable TableReuse redo) {}

  RowLane(SnapshotRun run) {
    this.run = run;
    this.packer = new Packer(run);
  }

  @Override
  public RowSink begin(TableName table, Slice slice) {
    Work before = work;
    // What a failed attempt stored of the same table is found again.
    TableReuse redo =
        before != null && before.table.equals(table)
            ? new TableReuse(java.util.List.of(before.frames))
            : null;
    work =
        new Work(table, slice.number(), new FrameList(run.objects()), run.reuse().of(table), redo);
    startFrame();
    return this;
  }

  @Override
  public RowBuffer buffer() {
    return buffer;
  }

  @Override
  public void endRow() {
    rows++;
    if (FrameCutter.endsAfter(buffer.bytes, 0, rowStart, buffer.length)) {
      cut();
    } else {
      rowStart = buffer.length;
    }
  }

  @Override
  public void end() {
    Work done = at();
    if (buffer.length > 0) {
      cut();
    }
    run.finished(done.table, done.slice, done.frames);
    work = null;
  }

  private void cut() {
    Work w = at();
    hashRows();
    TableReuse.Found found = find(w);
    if (found != null) {
      w.frames.add(w.slice, found.list(), found.index());
      run.reused(buffer.length);
    } else {
      Packer.Place p = packer.add(w.table, buffer.bytes, buffer.length, rows, hash);
      w.frames.add(w.slice, p.object(), p.at(), p.length(), rows, buffer.length, hash);
      run.sent();
    }
    // A huge row goes before its frame is sealed: there is not room for both.
    startFrame();
    packer.flushFull();
  }

  private TableReuse.@Nullable Found find(Work w) {
    if (w.redo != null) {
      TableReuse.Found own = w.redo.find(hash, rows, buffer.length, f -> true);
      if (own != null) {
        return own;
      }
    }
    return w.reuse.find(
        hash, rows, buffer.length, f -> run.reuse().presence().has(f.list(), f.index()));
  }

  private void hashRows() {
    digest.update(buffer.bytes, 0, buffer.length);
    try {
      digest.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 hash has 32 bytes", e);
    }
  }

  private void startFrame() {
    buffer.clear();
    rowStart = 0;
    rows = 0;
  }

  private Work at() {
    if (work == null) {
      throw new FoldbackException(
          ErrorCode.INTERNAL, "rows came outside of a slice", "Report this as a defect.");
    }
    return work;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      packer.finish();
    } finally {
      packer.close();
      run.laneClosed();
    }
  }
}
