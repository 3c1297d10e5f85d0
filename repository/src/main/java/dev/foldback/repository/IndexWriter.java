package dev.foldback.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.foldback.core.engine.TableDefinition;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;

/** Writes the index of a snapshot in objects of about 4 MiB of text. */
final class IndexWriter {
  private final SnapshotRun run;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final List<IndexRef> parts = new ArrayList<>();
  private final List<Future<?>> sent = new ArrayList<>();

  IndexWriter(SnapshotRun run) {
    this.run = run;
  }

  void object(int number) {
    ObjectTable objects = run.objects();
    line(Json.object().put("object", objects.nameOf(number)).put("bytes", objects.sizeOf(number)));
  }

  void table(TableDefinition table, List<FrameList> slices) {
    line(
        Json.object()
            .put("table", table.name().schema())
            .put("name", table.name().table())
            .put("rows", slices.stream().mapToLong(FrameList::rows).sum())
            .put("rowBytes", slices.stream().mapToLong(FrameList::rowBytes).sum())
            .put("slices", slices.size())
            .put("frames", slices.stream().mapToLong(FrameList::size).sum()));
    for (int slice = 0; slice < slices.size(); slice++) {
      FrameList list = slices.get(slice);
      for (int i = 0; i < list.size(); i++) {
        FrameRef frame = list.get(i);
        line(frame.put(Json.object().put("slice", slice).put("object", frame.object())));
      }
    }
  }

  List<IndexRef> finish() {
    cut();
    sent.forEach(StoreThreads::get);
    return parts;
  }

  private void line(ObjectNode node) {
    text.writeBytes(Json.bytes(node));
    text.write('\n');
    if (text.size() >= IndexParser.PART) {
      cut();
    }
  }

  private void cut() {
    if (text.size() == 0) {
      return;
    }
    byte[] stored;
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      stored = zstd.setChecksum(true).setContentSize(true).compress(text.toByteArray());
    }
    text.reset();
    while (!run.condemned().isEmpty() && run.condemned().has(Hash.of(stored))) {
      stored = salted(stored);
    }
    String name = Hash.of(stored);
    parts.add(new IndexRef(name, stored.length));
    int room = run.uploads().reserve(stored.length);
    sent.add(run.uploads().submit(name, stored, room, () -> {}));
  }

  /** The same bytes are about to be deleted, so these get another name. */
  private static byte[] salted(byte[] stored) {
    byte[] longer = Arrays.copyOf(stored, stored.length + Salt.BYTES);
    System.arraycopy(Salt.frame(), 0, longer, stored.length, Salt.BYTES);
    return longer;
  }
}
