package dev.foldback.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.Origin;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.moment.MomentSummary;
import java.time.Instant;
import java.util.Optional;

/** The stored log in JSON; see docs/json.md. */
final class LogJson {
  private LogJson() {}

  static ObjectNode log(Reachable source) {
    ObjectNode node = Json.object().put("source", source.source().value());
    ArrayNode ranges = node.putArray("ranges");
    source.ranges().forEach(range -> ranges.add(range(range)));
    node.set("findings", Json.findings(source.damaged()));
    return node;
  }

  private static ObjectNode range(Reachable.Range range) {
    LogRange log = range.log();
    ObjectNode node = Json.object();
    node.put("snapshot", range.from().map(s -> s.id().value()).orElse(null));
    node.put("reachableFrom", range.from().map(s -> Json.time(s.started())).orElse(null));
    node.put("reachableTo", range.from().map(s -> Json.time(log.until())).orElse(null));
    node.put("segments", log.segments().size());
    node.put("bytes", log.segments().stream().mapToLong(s -> s.stretch().bytes()).sum());
    node.put("storedBytes", log.segments().stream().mapToLong(SegmentManifest::storedBytes).sum());
    node.put(
        "transactions", log.segments().stream().mapToLong(s -> s.stretch().transactions()).sum());
    node.set("first", segment(log.first()));
    node.set("last", segment(log.last()));
    ArrayNode points = node.putArray("points");
    log.points().forEach(segment -> segment.point().ifPresent(p -> points.add(point(segment, p))));
    node.set("holeBefore", log.hole().map(LogJson::hole).orElse(null));
    return node;
  }

  private static ObjectNode point(SegmentManifest segment, Origin origin) {
    return Json.object()
        .put("segment", segment.number())
        .put("time", Json.time(segment.until()))
        .put("position", segment.to().text())
        .put("way", origin.way())
        .put("reason", origin.reason());
  }

  static ObjectNode segment(SegmentManifest segment) {
    ObjectNode node = Json.object();
    node.put("number", segment.number());
    node.set("from", Json.log(segment.from()));
    node.set("to", Json.log(segment.to()));
    put(node, "firstCommit", segment.stretch().firstCommit());
    put(node, "lastCommit", segment.stretch().lastCommit());
    node.put("until", Json.time(segment.until()));
    return node;
  }

  /** How a restore reaches its moment. */
  static ObjectNode moment(MomentSummary moment) {
    ObjectNode node = Json.object();
    node.put("cut", moment.cut().toString());
    node.put("logBytes", moment.logBytes());
    node.put("transactions", moment.transactions());
    node.put("statements", moment.statements());
    node.put("end", moment.end().map(Object::toString).orElse(null));
    node.put("lastTransaction", moment.last().map(t -> t.id()).orElse(null));
    put(node, "lastCommit", moment.last().map(t -> t.committed()));
    return node;
  }

  private static ObjectNode hole(LogHole hole) {
    ObjectNode node = Json.object();
    node.put("reason", hole.reason()).put("words", hole.words());
    put(node, "after", hole.after());
    return node;
  }

  private static void put(ObjectNode node, String name, Optional<Instant> time) {
    node.put(name, time.map(Json::time).orElse(null));
  }
}
