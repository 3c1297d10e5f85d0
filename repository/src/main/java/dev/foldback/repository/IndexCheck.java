package dev.foldback.repository;

import dev.foldback.core.TableName;
import dev.foldback.core.repository.SnapshotManifest;
import org.jspecify.annotations.Nullable;

/** Checks the lines of an index for sense while they are read, and fills the index in memory. */
final class IndexCheck implements IndexLines {
  /** Hears each frame with its table. */
  interface Frames {
    void frame(TableName table, FrameRef frame, long objectBytes);
  }

  static final Frames IGNORE = (table, frame, bytes) -> {};

  private final SnapshotIndex index;
  private final StoredManifest manifest;
  private final Frames frames;
  private @Nullable IndexTable current;
  private @Nullable FrameList inline;
  private int seen;
  private int lastSlice;
  private long rowsLeft;
  private long bytesLeft;
  private long tables;
  private long rows;
  private long rowBytes;

  IndexCheck(SnapshotIndex index, StoredManifest manifest, Frames frames) {
    this.index = index;
    this.manifest = manifest;
    this.frames = frames;
  }

  @Override
  public void object(String object, long bytes) {
    require(current == null, "an object line comes after a table");
    require(index.objects().find(object) < 0, "an object is listed twice");
    var _ = index.objects().of(object, bytes);
  }

  @Override
  public void table(IndexTable table, int part, int offset) {
    endTable();
    require(table.slices() > 0, "a table has no slices");
    inline = SnapshotIndex.isSmall(table) ? new FrameList(index.objects()) : null;
    require(
        index.put(new SnapshotIndex.Entry(table, part, offset, inline)), "a table is listed twice");
    current = table;
    seen = 0;
    lastSlice = 0;
    rowsLeft = table.rows();
    bytesLeft = table.rowBytes();
    tables++;
    rows += table.rows();
    rowBytes += table.rowBytes();
    require(rows >= 0 && rowBytes >= 0, "a table's totals are beyond all measure");
  }

  @Override
  public void frame(int slice, FrameRef frame) {
    IndexTable table = current;
    if (table == null) {
      throw Damage.manifest(index.parser().where(), "a frame belongs to no table");
    }
    int object = index.objects().find(frame.object());
    require(object >= 0, "a frame is in an object that is not listed");
    require(slice >= lastSlice && slice < table.slices(), "a frame is out of order");
    require(frame.length() > 0 && frame.rowBytes() > 0, "a frame is empty");
    require(
        frame.length() <= index.objects().sizeOf(object)
            && frame.at() + frame.length() <= index.objects().sizeOf(object),
        "a frame ends outside of its object");
    lastSlice = slice;
    seen++;
    rowsLeft -= frame.rows();
    bytesLeft -= frame.rowBytes();
    if (inline != null) {
      require(seen <= table.frames(), "a table has more frames than it says");
      index.add(inline, slice, frame);
    }
    frames.frame(table.name(), frame, index.objects().sizeOf(object));
  }

  void finish() {
    endTable();
    require(
        manifest.catalogue().stream().allMatch(f -> index.objects().find(f.object()) >= 0),
        "an object of the catalogue is not listed");
    SnapshotManifest m = manifest.summary();
    require(
        tables == m.tables() && rows == m.rows() && rowBytes == m.rowBytes(),
        "its totals are not those of the manifest");
  }

  private void endTable() {
    if (current != null) {
      require(
          seen == current.frames() && rowsLeft == 0 && bytesLeft == 0,
          "a table's frames do not add up");
    }
  }

  private void require(boolean fine, String otherwise) {
    if (!fine) {
      throw Damage.manifest(index.parser().where(), otherwise);
    }
  }
}
