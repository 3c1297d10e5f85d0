package dev.foldback.repository;

import dev.foldback.core.TableName;
import dev.foldback.core.repository.TableSummary;
import dev.foldback.core.store.ObjectStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot's index says, checked for sense once when it is loaded. Held in memory are one
 * record for each table and each object, and the frames of small tables; the frames of a larger one
 * are read again from the store when asked for.
 */
final class SnapshotIndex {
  /** Tables with no more frames keep them in memory. */
  private static final int SMALL = 4;

  private final IndexParser parser;
  private final ObjectTable objects = new ObjectTable();
  private final Map<TableName, Entry> tables = new LinkedHashMap<>();

  private SnapshotIndex(IndexParser parser) {
    this.parser = parser;
  }

  /** A table and where its lines begin. */
  record Entry(IndexLines.IndexTable table, int part, int offset, @Nullable FrameList inline) {}

  static SnapshotIndex load(ObjectStore store, StoredManifest manifest) {
    return load(store, manifest, IndexCheck.IGNORE);
  }

  /** Loads the index and hands every frame out on the way. */
  static SnapshotIndex load(ObjectStore store, StoredManifest manifest, IndexCheck.Frames frames) {
    SnapshotIndex index = new SnapshotIndex(new IndexParser(store, manifest));
    IndexCheck check = new IndexCheck(index, manifest, frames);
    index.parser.read(check);
    check.finish();
    return index;
  }

  ObjectTable objects() {
    return objects;
  }

  IndexParser parser() {
    return parser;
  }

  Collection<Entry> tables() {
    return tables.values();
  }

  boolean has(TableName table) {
    return tables.containsKey(table);
  }

  IndexLines.@Nullable IndexTable table(TableName table) {
    Entry entry = tables.get(table);
    return entry == null ? null : entry.table;
  }

  boolean put(Entry entry) {
    return tables.putIfAbsent(entry.table.name(), entry) == null;
  }

  static boolean isSmall(IndexLines.IndexTable table) {
    return table.frames() <= SMALL;
  }

  static TableSummary summary(IndexLines.IndexTable t) {
    return new TableSummary(t.name(), t.rows(), t.rowBytes(), t.frames());
  }

  /** The frames of a table in order; empty where the snapshot does not have the table. */
  FrameList frames(TableName name) {
    FrameList result = new FrameList(objects);
    Entry entry = tables.get(name);
    if (entry == null) {
      return result;
    }
    if (entry.inline != null) {
      return entry.inline;
    }
    int part = entry.part;
    byte[] text = parser.text(part);
    int from = IndexParser.lineEnd(text, entry.offset) + 1;
    while (result.size() < entry.table.frames()) {
      if (from >= text.length) {
        part++;
        if (part == parser.parts()) {
          throw Damage.manifest(parser.where(), "a table's frames are not all there");
        }
        text = parser.text(part);
        from = 0;
      }
      int end = IndexParser.lineEnd(text, from);
      Fields f = Json.parse(text, from, end - from, parser.where());
      add(result, f.size("slice"), FrameRef.of(f));
      from = end + 1;
    }
    return result;
  }

  void add(FrameList list, int slice, FrameRef f) {
    int object = objects.find(f.object());
    if (object < 0) {
      throw Damage.manifest(parser.where(), "a frame is in an object that is not listed");
    }
    list.add(slice, object, f.at(), f.length(), f.rows(), f.rowBytes(), Hash.parse(f.rowHash()));
  }
}
