package dev.foldback.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.repository.SnapshotContents;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the catalogue in frames of whole lines; a frame that did not change is used again. */
final class CatalogueWriter {
  private static final int FRAME = 1 << 20;

  private final SnapshotRun run;
  private final Packer packer;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final List<Pack> frames = new ArrayList<>();
  private int lines;

  /** A frame whose object has a number but perhaps no name yet. */
  private record Pack(int object, int at, int length, int lines, int bytes, String hash) {}

  CatalogueWriter(SnapshotRun run) {
    this.run = run;
    this.packer = new Packer(run);
  }

  List<FrameRef> write(SnapshotContents contents) {
    try (packer) {
      for (SchemaObject object : contents.objects()) {
        add(Catalogue.line(object));
      }
      for (TableDefinition table : contents.tables()) {
        add(Catalogue.line(table));
      }
      cut();
      packer.finish();
    }
    return frames.stream()
        .map(
            f ->
                new FrameRef(
                    run.objects().nameOf(f.object), f.at, f.length, f.lines, f.bytes, f.hash))
        .toList();
  }

  private void add(ObjectNode line) {
    text.writeBytes(Json.bytes(line));
    text.write('\n');
    lines++;
    if (text.size() >= FRAME) {
      cut();
    }
  }

  private void cut() {
    if (lines == 0) {
      return;
    }
    byte[] bytes = text.toByteArray();
    String hash = Hash.of(bytes);
    Optional<FrameRef> known = run.reuse().catalogueFrame(hash);
    if (known.isPresent()) {
      FrameRef f = known.get();
      int object = run.objects().of(f.object(), run.reuse().previousSize(f.object()));
      frames.add(new Pack(object, f.at(), f.length(), lines, bytes.length, hash));
    } else {
      Packer.Place p = packer.add(null, bytes, bytes.length, lines, Hash.parse(hash));
      packer.flushFull();
      frames.add(new Pack(p.object(), p.at(), p.length(), lines, bytes.length, hash));
    }
    text.reset();
    lines = 0;
  }
}
