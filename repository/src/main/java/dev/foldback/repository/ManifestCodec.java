package dev.foldback.repository;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.repository.SnapshotManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Manifests to and from bytes. */
final class ManifestCodec {
  private ManifestCodec() {}

  static byte[] write(StoredManifest manifest) {
    SnapshotManifest m = manifest.summary();
    ObjectNode node = Json.file().put("id", m.id().value()).put("source", m.source().value());
    node.set("server", server(m.server()));
    node.put("started", m.started().toString()).put("finished", m.finished().toString());
    node.set("position", position(m.position()));
    node.put("storedLog", m.storedLog());
    node.put("method", m.method());
    ObjectNode selection = node.putObject("selection");
    selection.set("include", Json.texts(m.selection().include()));
    selection.set("exclude", Json.texts(m.selection().exclude()));
    node.putObject("totals")
        .put("tables", m.tables())
        .put("rows", m.rows())
        .put("rowBytes", m.rowBytes())
        .put("storedBytes", m.storedBytes())
        .put("newBytes", m.newBytes());
    ArrayNode catalogue = node.putArray("catalogue");
    manifest.catalogue().forEach(frame -> catalogue.add(frame.json()));
    ArrayNode index = node.putArray("index");
    manifest
        .index()
        .forEach(i -> index.addObject().put("object", i.object()).put("bytes", i.bytes()));
    ArrayNode findings = node.putArray("findings");
    m.findings().forEach(f -> findings.add(finding(f)));
    node.set("checks", Json.texts(m.checks()));
    m.origin().ifPresent(origin -> node.set("origin", origin(origin)));
    return Json.checked(node);
  }

  /** Reads a manifest that was found under the key of a source and an id. */
  static StoredManifest read(byte[] bytes, SourceName source, SnapshotId id) {
    String where = "the manifest of snapshot " + id;
    Fields f = Json.checked(bytes, where);
    if (!f.text("id").equals(id.value()) || !f.text("source").equals(source.value())) {
      throw Damage.manifest(where, "it belongs to another snapshot");
    }
    Fields totals = f.object("totals");
    SnapshotManifest summary =
        new SnapshotManifest(
            id,
            source,
            server(f.object("server")),
            f.instant("started"),
            f.instant("finished"),
            position(f.object("position")),
            // Snapshots of before it was written do without.
            f.has("storedLog") ? f.count("storedLog") : 0,
            f.text("method"),
            selection(f.object("selection")),
            totals.count("tables"),
            totals.count("rows"),
            totals.count("rowBytes"),
            totals.count("storedBytes"),
            totals.count("newBytes"),
            findings(f),
            f.texts("checks"),
            origin(f, "origin"));
    List<FrameRef> catalogue = f.objects("catalogue").stream().map(FrameRef::of).toList();
    List<IndexRef> index =
        f.objects("index").stream()
            .map(i -> new IndexRef(i.hash("object"), i.count("bytes")))
            .toList();
    return new StoredManifest(summary, catalogue, index);
  }

  static ObjectNode server(ServerInfo server) {
    return Json.object()
        .put("family", server.family())
        .put("version", server.version())
        .put("id", server.id())
        .set("settings", map(server.settings()));
  }

  static ServerInfo server(Fields f) {
    return new ServerInfo(f.text("family"), f.text("version"), f.text("id"), f.map("settings"));
  }

  static ObjectNode origin(Origin origin) {
    return Json.object().put("way", origin.way()).put("reason", origin.reason());
  }

  /** How a restore point came to be, where that was recorded. */
  static Optional<Origin> origin(Fields fields, String name) {
    if (!fields.has(name)) {
      return Optional.empty();
    }
    Fields f = fields.object(name);
    return Optional.of(new Origin(f.text("way"), f.text("reason")));
  }

  static ObjectNode map(Map<String, String> map) {
    ObjectNode node = Json.object();
    // Sorted, so that equal contents give equal bytes.
    map.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> node.put(e.getKey(), e.getValue()));
    return node;
  }

  static ObjectNode position(Position position) {
    return switch (position) {
      case Position.Binlog b ->
          Json.object()
              .put("kind", "binlog")
              .put("file", b.file())
              .put("offset", b.offset())
              .put("gtids", b.gtids());
      case Position.None n -> Json.object().put("kind", "none");
    };
  }

  static Position position(Fields fields) {
    return switch (fields.text("kind")) {
      case "binlog" ->
          new Position.Binlog(fields.text("file"), fields.count("offset"), fields.text("gtids"));
      case "none" -> new Position.None();
      default -> throw Damage.manifest(fields.where(), "its position is of no known kind");
    };
  }

  private static Selection selection(Fields fields) {
    try {
      return new Selection(fields.texts("include"), fields.texts("exclude"));
    } catch (FoldbackException e) {
      throw Damage.manifest(fields.where(), "its selection holds what is not a pattern", e);
    }
  }

  private static ObjectNode finding(Finding finding) {
    return Json.object()
        .put("severity", finding.severity().name())
        .put("code", finding.code())
        .put("subject", finding.subject())
        .put("message", finding.message())
        .put("hint", finding.hint());
  }

  private static List<Finding> findings(Fields fields) {
    List<Finding> result = new ArrayList<>();
    for (Fields f : fields.objects("findings")) {
      result.add(
          new Finding(
              severity(f), f.text("code"), f.text("subject"), f.text("message"), f.text("hint")));
    }
    return result;
  }

  private static Finding.Severity severity(Fields fields) {
    String text = fields.text("severity");
    for (Finding.Severity severity : Finding.Severity.values()) {
      if (severity.name().equals(text)) {
        return severity;
      }
    }
    throw Damage.manifest(fields.where(), "a finding has no known severity");
  }
}
