package dev.foldback.repository;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a snapshot's catalogue and compares it with its index. */
final class CatalogueReader {
  /** More than any catalogue frame holds but for one with a single huge definition. */
  private static final int MAX_FRAME = 128 << 20;

  private CatalogueReader() {}

  static Catalogue read(StoredManifest manifest, SnapshotIndex index, Opener opener) {
    String where = "the catalogue of snapshot " + manifest.summary().id();
    Catalogue catalogue = new Catalogue();
    String opened = "";
    @Nullable Payload payload = null;
    for (FrameRef frame : manifest.catalogue()) {
      int object = index.objects().find(frame.object());
      if (object < 0 || frame.rowBytes() > MAX_FRAME) {
        throw Damage.manifest(where, "a frame of it can't be");
      }
      if (payload == null || !opened.equals(frame.object())) {
        opened = frame.object();
        payload = opener.load(opened, index.objects().sizeOf(object), where);
      }
      byte[] text = Frames.bytes(payload, frame);
      catalogue.read(text, text.length, where);
    }
    compare(catalogue, index, where);
    return catalogue;
  }

  private static void compare(Catalogue catalogue, SnapshotIndex index, String where) {
    Set<TableName> seen = new HashSet<>();
    for (TableDefinition table : catalogue.tables) {
      IndexLines.IndexTable indexed = index.table(table.name());
      if (indexed == null || !seen.add(table.name())) {
        throw Damage.manifest(where, "it lists a table that the index does not have once");
      }
      if (indexed.slices() != table.slices().size()) {
        throw Damage.manifest(where, "it has other slices of a table than the index");
      }
    }
    if (seen.size() != index.tables().size()) {
      throw Damage.manifest(where, "it lacks tables that the index has");
    }
  }
}
