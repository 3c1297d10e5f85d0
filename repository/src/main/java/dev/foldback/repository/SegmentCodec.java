package dev.foldback.repository;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.SourceName;
import dev.foldback.core.log.LastEvent;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogStretch;
import dev.foldback.core.log.SegmentManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Manifests of segments to and from bytes; see docs/format.md, "Segments". */
final class SegmentCodec {
  private SegmentCodec() {}

  static byte[] write(StoredSegment segment) {
    SegmentManifest m = segment.summary();
    LogStretch s = m.stretch();
    ObjectNode node = Json.file().put("source", m.source().value()).put("number", m.number());
    node.set("server", ManifestCodec.server(m.server()));
    node.set("from", ManifestCodec.position(s.from()));
    node.set("to", ManifestCodec.position(s.to()));
    put(node, "firstCommit", s.firstCommit());
    put(node, "lastCommit", s.lastCommit());
    node.put("transactions", s.transactions())
        .put("events", s.events())
        .put("bytes", s.bytes())
        .put("storedBytes", m.storedBytes())
        .put("header", s.header());
    s.last()
        .ifPresentOrElse(
            last -> node.set("lastEvent", lastEvent(last)), () -> node.putNull("lastEvent"));
    if (s.notFollowed() > 0) {
      node.put("notFollowed", s.notFollowed());
    }
    s.statements().ifPresent(statements -> node.put("statements", statements));
    s.latestCommit().ifPresent(latest -> node.put("latestCommit", latest.toString()));
    node.put("fileEnds", s.fileEnds())
        .put("until", m.until().toString())
        .put("written", m.written().toString())
        .put("continues", m.continues());
    m.hole().ifPresentOrElse(hole -> node.set("hole", hole(hole)), () -> node.putNull("hole"));
    m.point().ifPresent(point -> node.set("point", ManifestCodec.origin(point)));
    ArrayNode objects = node.putArray("objects");
    segment
        .objects()
        .forEach((object, bytes) -> objects.addObject().put("object", object).put("bytes", bytes));
    ArrayNode frames = node.putArray("frames");
    for (FrameRef f : segment.frames()) {
      frames
          .addObject()
          .put("object", f.object())
          .put("at", f.at())
          .put("length", f.length())
          .put("bytes", f.rowBytes())
          .put("hash", f.rowHash());
    }
    return Json.checked(node);
  }

  private static void put(ObjectNode node, String name, Optional<Instant> time) {
    node.put(name, time.map(Instant::toString).orElse(null));
  }

  private static ObjectNode lastEvent(LastEvent last) {
    return Json.object()
        .put("file", last.file())
        .put("offset", last.offset())
        .put("length", last.length())
        .put("sha256", last.sha256());
  }

  private static ObjectNode hole(LogHole hole) {
    ObjectNode node = Json.object().put("reason", hole.reason()).put("words", hole.words());
    put(node, "after", hole.after());
    return node;
  }

  /** Reads a manifest that was found under the key of a source and a number. */
  static StoredSegment read(byte[] bytes, SourceName source, long number) {
    String where = "the manifest of segment " + number + " of the log of " + source;
    Fields f = Json.checked(bytes, where);
    if (!f.text("source").equals(source.value()) || f.count("number") != number) {
      throw Damage.manifest(where, "it belongs to another segment");
    }
    LogStretch stretch =
        new LogStretch(
            ManifestCodec.position(f.object("from")),
            ManifestCodec.position(f.object("to")),
            base64(f, "header"),
            time(f, "firstCommit"),
            time(f, "lastCommit"),
            f.count("transactions"),
            f.count("events"),
            f.count("bytes"),
            f.isNull("lastEvent") ? Optional.empty() : Optional.of(last(f.object("lastEvent"))),
            f.flag("fileEnds"),
            f.has("notFollowed") ? f.count("notFollowed") : 0,
            f.has("statements") ? OptionalLong.of(f.count("statements")) : OptionalLong.empty(),
            f.has("latestCommit") ? time(f, "latestCommit") : Optional.empty());
    SegmentManifest summary =
        new SegmentManifest(
            source,
            number,
            ManifestCodec.server(f.object("server")),
            stretch,
            f.instant("until"),
            f.instant("written"),
            f.flag("continues"),
            f.isNull("hole") ? Optional.empty() : Optional.of(hole(f.object("hole"))),
            f.count("storedBytes"),
            ManifestCodec.origin(f, "point"));
    Map<String, Long> objects = new LinkedHashMap<>();
    f.objects("objects").forEach(o -> objects.put(o.hash("object"), o.count("bytes")));
    return new StoredSegment(summary, frames(f, objects, stretch.bytes()), objects);
  }

  private static List<FrameRef> frames(Fields fields, Map<String, Long> objects, long bytes) {
    List<FrameRef> frames = new ArrayList<>();
    Set<String> used = new HashSet<>();
    long total = 0;
    for (Fields f : fields.objects("frames")) {
      FrameRef frame =
          new FrameRef(
              f.hash("object"), f.size("at"), f.size("length"), 0, f.size("bytes"), f.hash("hash"));
      if (!objects.containsKey(frame.object())) {
        throw Damage.manifest(f.where(), "a frame is in an object that is not listed");
      }
      if ((long) frame.at() + frame.length() > Integer.MAX_VALUE) {
        throw Damage.manifest(f.where(), "a frame ends outside of any object");
      }
      used.add(frame.object());
      total += frame.rowBytes();
      frames.add(frame);
    }
    if (total != bytes || used.size() != objects.size()) {
      throw Damage.manifest(fields.where(), "its frames do not add up to its bytes");
    }
    return frames;
  }

  private static String base64(Fields f, String name) {
    String text = f.text(name);
    try {
      byte[] _ = Base64.getDecoder().decode(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw Damage.manifest(f.where(), "'" + name + "' is not Base64", e);
    }
  }

  private static Optional<Instant> time(Fields f, String name) {
    return f.isNull(name) ? Optional.empty() : Optional.of(f.instant(name));
  }

  private static LastEvent last(Fields f) {
    return new LastEvent(f.text("file"), f.count("offset"), f.count("length"), f.hash("sha256"));
  }

  private static LogHole hole(Fields f) {
    return new LogHole(f.text("reason"), f.text("words"), time(f, "after"));
  }
}
