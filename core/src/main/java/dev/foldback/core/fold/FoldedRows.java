package dev.foldback.core.fold;

import dev.foldback.core.engine.RowSource;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table's rows at a moment: those of the snapshot in their order, with the changes in them. Where
 * memory has no room for the changes, the first stream that is opened reads the snapshot once
 * before it gives a row. A stream fails with {@code FOLD_MISMATCH} where snapshot and changes don't
 * fit together: what was read of it up to there is not to be kept.
 */
public final class FoldedRows implements DigestedRows {
  private final Fold fold;
  private final @Nullable TableFold table;
  private final boolean emptied;
  private final RowSource snapshot;
  private final boolean ordered;
  private long @Nullable [] inserts;
  private SpilledJoin.@Nullable Plan plan;
  private volatile @Nullable End end;

  private record End(long bytes, RowSetDigest.Value digest) {}

  /**
   * @param table its changes, or null for none
   * @param emptied whether the snapshot's rows are void
   */
  FoldedRows(
      Fold fold, @Nullable TableFold table, boolean emptied, RowSource snapshot, boolean ordered) {
    this.fold = fold;
    this.table = table;
    this.emptied = emptied;
    this.snapshot = snapshot;
    this.ordered = ordered;
  }

  @Override
  public InputStream open() {
    Overlay overlay = overlay();
    InputStream rows = emptied ? InputStream.nullInputStream() : snapshot.open();
    return new MergeStream(rows, overlay, (bytes, digest) -> end = new End(bytes, digest));
  }

  private Overlay overlay() {
    if (table == null) {
      return new Overlay.None();
    }
    if (!table.runs().isEmpty()) {
      return new SpilledOverlay(table.shape, plan(table));
    }
    return table.shape.isKeyed()
        ? new KeyedOverlay(table, inserts(table))
        : new CountOverlay(table);
  }

  private synchronized SpilledJoin.Plan plan(TableFold changes) {
    SpilledJoin.Plan made = plan;
    if (made == null) {
      made = fold.join(changes, emptied ? null : snapshot);
      plan = made;
    }
    return made;
  }

  private synchronized long[] inserts(TableFold changes) {
    long[] found = inserts;
    if (found == null) {
      found = KeyedOverlay.inserts(changes);
      inserts = found;
    }
    return found;
  }

  /**
   * Whether new rows come in the order of the key, as far as the snapshot's own are; if not, they
   * come at the end.
   */
  public boolean isOrdered() {
    return ordered;
  }

  /** Exact once a stream was read to its end; before, by the changes that were counted. */
  @Override
  public long rows() {
    End known = end;
    return known != null ? known.digest().rows() : estimatedRows();
  }

  private long estimatedRows() {
    long base = emptied ? 0 : snapshot.rows();
    return Math.max(0, base + (table == null ? 0 : table.net()));
  }

  /** An estimate of none is no knowledge. */
  @Override
  public boolean isEmpty() {
    return end != null && rows() == 0;
  }

  /** Exact once a stream was read to its end; before, in proportion to the rows. */
  @Override
  public long bytes() {
    End known = end;
    if (known != null) {
      return known.bytes();
    }
    long rows = snapshot.rows();
    return rows == 0
        ? snapshot.bytes()
        : Math.round((double) snapshot.bytes() / rows * estimatedRows());
  }

  @Override
  public Optional<RowSetDigest.Value> digest() {
    return Optional.ofNullable(end).map(End::digest);
  }
}
