package dev.foldback.repository;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.foldback.core.TableName;
import dev.foldback.core.store.ObjectStore;
import java.util.List;
import java.util.function.Consumer;

/** Reads the index objects of a snapshot and checks each against its name. */
final class IndexParser {
  /** Bytes of text in one index object; one line more may be in it. */
  static final int PART = 4 << 20;

  private static final int MAX_TEXT = 4 * PART;

  private final ObjectStore store;
  private final List<IndexRef> parts;
  private final String where;

  IndexParser(ObjectStore store, StoredManifest manifest) {
    this.store = store;
    this.parts = manifest.index();
    this.where = "the index of snapshot " + manifest.summary().id();
  }

  int parts() {
    return parts.size();
  }

  String where() {
    return where;
  }

  /** The text of one index object. */
  byte[] text(int part) {
    IndexRef ref = parts.get(part);
    byte[] stored = StoredBytes.fetch(store, ref.object(), ref.bytes(), where);
    long size = Zstd.getFrameContentSize(stored);
    if (size < 0 || size > MAX_TEXT) {
      throw Damage.manifest(where, "an index object declares a size that none has");
    }
    try {
      return Zstd.decompress(stored, (int) size);
    } catch (ZstdException e) {
      throw Damage.manifest(where, "an index object can't be decompressed", e);
    }
  }

  /** Hears all lines. */
  void read(IndexLines lines) {
    for (int part = 0; part < parts.size(); part++) {
      byte[] text = text(part);
      int from = 0;
      while (from < text.length) {
        int end = lineEnd(text, from);
        line(Json.parse(text, from, end - from, where), part, from, lines);
        from = end + 1;
      }
    }
  }

  /** Hears the objects that the snapshot refers to, but for the index itself. */
  void objects(Consumer<String> each) {
    for (int part = 0; part < parts.size(); part++) {
      byte[] text = text(part);
      int from = 0;
      while (from < text.length) {
        int end = lineEnd(text, from);
        Fields f = Json.parse(text, from, end - from, where);
        if (f.has("table")) {
          return;
        }
        each.accept(f.hash("object"));
        from = end + 1;
      }
    }
  }

  static int lineEnd(byte[] text, int from) {
    int end = from;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return end;
  }

  private static void line(Fields f, int part, int offset, IndexLines lines) {
    if (f.has("table")) {
      lines.table(
          new IndexLines.IndexTable(
              new TableName(f.text("table"), f.text("name")),
              f.count("rows"),
              f.count("rowBytes"),
              f.size("slices"),
              f.size("frames")),
          part,
          offset);
    } else if (f.has("slice")) {
      lines.frame(f.size("slice"), FrameRef.of(f));
    } else {
      lines.object(f.hash("object"), f.count("bytes"));
    }
  }
}
