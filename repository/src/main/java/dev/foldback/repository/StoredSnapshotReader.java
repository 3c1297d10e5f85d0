package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.repository.FrameRecord;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.TableSummary;
import dev.foldback.core.store.ObjectStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An opened snapshot. */
final class StoredSnapshotReader implements SnapshotReader {
  /** Frame lists that are kept: 56 bytes a frame. */
  private static final int RECENT = 8;

  private final StoredManifest manifest;
  private final SnapshotIndex index;
  private final Catalogue catalogue;
  private final PayloadCache cache;
  private final Map<TableName, RowSetDigest.Value> digests;

  private final Map<TableName, FrameList> recent =
      new LinkedHashMap<>(RECENT * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TableName, FrameList> eldest) {
          return size() > RECENT;
        }
      };

  private StoredSnapshotReader(
      StoredManifest manifest, SnapshotIndex index, Catalogue catalogue, PayloadCache cache) {
    this.manifest = manifest;
    this.index = index;
    this.catalogue = catalogue;
    this.cache = cache;
    Map<TableName, RowSetDigest.Value> known = new HashMap<>();
    for (TableDefinition each : catalogue.tables) {
      RowSetDigest.of(each.properties()).ifPresent(digest -> known.put(each.name(), digest));
    }
    this.digests = Map.copyOf(known);
  }

  static StoredSnapshotReader open(ObjectStore store, StoredManifest manifest, Opener opener) {
    SnapshotIndex index = SnapshotIndex.load(store, manifest);
    Catalogue catalogue = CatalogueReader.read(manifest, index, opener);
    String whose = "snapshot " + manifest.summary().id();
    PayloadCache cache = new PayloadCache((object, bytes) -> opener.load(object, bytes, whose));
    return new StoredSnapshotReader(manifest, index, catalogue, cache);
  }

  @Override
  public SnapshotManifest manifest() {
    return manifest.summary();
  }

  @Override
  public List<SchemaObject> objects() {
    return List.copyOf(catalogue.objects);
  }

  @Override
  public List<TableDefinition> tables() {
    return List.copyOf(catalogue.tables);
  }

  @Override
  public TableSummary summary(TableName table) {
    return SnapshotIndex.summary(indexed(table));
  }

  @Override
  public RowSource rows(TableName table) {
    IndexLines.IndexTable indexed = indexed(table);
    return new RowSource() {
      @Override
      public InputStream open() {
        String id = manifest.summary().id().value();
        return new TableStream(table, id, index.frames(table), cache);
      }

      @Override
      public long rows() {
        return indexed.rows();
      }

      @Override
      public long bytes() {
        return indexed.rowBytes();
      }
    };
  }

  @Override
  public List<FrameRecord> frames(TableName table, Slice slice) {
    var _ = indexed(table);
    FrameList list = recent(table);
    List<FrameRecord> result = new ArrayList<>();
    for (int i = list.firstOf(slice.number()); i < list.size(); i++) {
      if (list.slice(i) != slice.number()) {
        break;
      }
      FrameRef frame = list.get(i);
      result.add(new FrameRecord(frame.rowHash(), frame.rows(), frame.rowBytes()));
    }
    return result;
  }

  @Override
  public Optional<RowSetDigest.Value> digest(TableName table) {
    return Optional.ofNullable(digests.get(table));
  }

  /** A table is asked for slice by slice, a few tables at once; each time its list was parsed. */
  private FrameList recent(TableName table) {
    synchronized (recent) {
      return recent.computeIfAbsent(table, index::frames);
    }
  }

  private IndexLines.IndexTable indexed(TableName table) {
    IndexLines.IndexTable indexed = index.table(table);
    if (indexed == null) {
      throw new FoldbackException(
          ErrorCode.NOTHING_SELECTED,
          "snapshot " + manifest.summary().id() + " holds no table " + table,
          "Look at its tables with 'foldback show " + manifest.summary().id() + "'.");
    }
    return indexed;
  }

  @Override
  public void close() {
    cache.close();
  }
}
