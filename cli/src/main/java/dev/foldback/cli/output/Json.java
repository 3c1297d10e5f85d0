package dev.foldback.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.cli.output.Meter.Look;
import dev.foldback.core.Finding;
import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The shapes of {@code --json}, as docs/json.md describes them. They only ever grow. */
final class Json {
  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private Json() {}

  static ObjectNode object() {
    return FACTORY.objectNode();
  }

  static ArrayNode array() {
    return FACTORY.arrayNode();
  }

  static ObjectNode event(String type, Instant time) {
    return object().put("type", type).put("time", time(time));
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static ObjectNode progress(String type, Look look) {
    ObjectNode event = event(type, look.time());
    event.put("phase", look.phase());
    event.put("elapsedSeconds", look.elapsed().toMillis() / 1000.0);
    event.put("rows", look.rows());
    event.put("bytes", look.bytes());
    event.put("expectedRows", look.expectedRows());
    event.put("expectedBytes", look.expectedBytes());
    event.put("bytesPerSecond", Math.round(look.bytesPerSecond()));
    look.remaining()
        .ifPresentOrElse(
            left -> event.put("remainingSeconds", left.toSeconds()),
            () -> event.putNull("remainingSeconds"));
    event.set("inFlight", texts(look.inFlight()));
    event.put("note", look.note());
    return event;
  }

  static ObjectNode finding(Finding finding) {
    return object()
        .put("severity", Terms.severity(finding))
        .put("code", finding.code())
        .put("subject", finding.subject())
        .put("message", finding.message())
        .put("hint", finding.hint());
  }

  static ArrayNode findings(List<Finding> findings) {
    ArrayNode array = array();
    findings.forEach(f -> array.add(finding(f)));
    return array;
  }

  static ArrayNode texts(List<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  static ObjectNode snapshot(SnapshotListing.Entry entry) {
    ObjectNode node = manifest(entry.manifest());
    node.put("state", Terms.state(entry));
    entry
        .proof()
        .ifPresentOrElse(proof -> node.set("proof", proof(proof)), () -> node.putNull("proof"));
    entry
        .strongest()
        .ifPresentOrElse(
            proof -> node.set("strongestProof", proof(proof)),
            () -> node.putNull("strongestProof"));
    node.set("findings", findings(entry.manifest().findings()));
    return node;
  }

  static ObjectNode manifest(SnapshotManifest manifest) {
    ObjectNode node = object();
    node.put("id", manifest.id().value());
    node.put("source", manifest.source().value());
    node.put("time", time(manifest.started()));
    node.put("finished", time(manifest.finished()));
    node.put("position", manifest.position().text());
    node.set("log", log(manifest.position()));
    node.put("tables", manifest.tables());
    node.put("rows", manifest.rows());
    node.put("rowBytes", manifest.rowBytes());
    node.put("storedBytes", manifest.storedBytes());
    node.put("newBytes", manifest.newBytes());
    node.set(
        "server",
        object()
            .put("family", manifest.server().family())
            .put("version", manifest.server().version())
            .put("id", manifest.server().id()));
    node.put("method", manifest.method());
    node.put("way", manifest.origin().map(Origin::way).orElse(null));
    node.put("reason", manifest.origin().map(Origin::reason).orElse(null));
    ObjectNode selection = node.putObject("selection");
    selection.set("include", texts(manifest.selection().include()));
    selection.set("exclude", texts(manifest.selection().exclude()));
    return node;
  }

  /** A manifest that can't be read, in the shape of a snapshot; what is not known is null. */
  static ObjectNode damaged(Finding finding) {
    ObjectNode node = object();
    Terms.Place place = Terms.place(finding.subject());
    node.put("id", place.id());
    node.put("source", place.source());
    for (String unknown :
        List.of(
            "time",
            "finished",
            "position",
            "log",
            "tables",
            "rows",
            "rowBytes",
            "storedBytes",
            "newBytes",
            "server",
            "method",
            "way",
            "reason",
            "selection")) {
      node.putNull(unknown);
    }
    node.put("state", "damaged");
    node.putNull("proof");
    node.putNull("strongestProof");
    node.set("findings", findings(List.of(finding)));
    return node;
  }

  private static ObjectNode proof(Proof proof) {
    return object()
        .put("time", time(proof.time()))
        .put("kind", proof.kind())
        .put("good", proof.good())
        .put("detail", proof.detail());
  }

  static ObjectNode log(Position position) {
    return switch (position) {
      case Position.Binlog binlog ->
          object()
              .put("kind", "binlog")
              .put("file", binlog.file())
              .put("offset", binlog.offset())
              .put("gtids", binlog.gtids());
      case Position.None none -> object().put("kind", "none");
    };
  }
}
