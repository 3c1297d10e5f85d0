package dev.foldback.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.prune.LogDecision;
import dev.foldback.core.prune.SnapshotDecision;

/** The decisions of a prune as docs/json.md describes them. */
final class PruneJson {
  private PruneJson() {}

  static ObjectNode snapshot(SnapshotDecision decision) {
    ObjectNode node =
        Json.object()
            .put("id", decision.snapshot().id().value())
            .put("source", decision.snapshot().source().value())
            .put("snapshotTime", Json.time(decision.snapshot().started()))
            .put("storedBytes", decision.snapshot().storedBytes())
            .put("keep", decision.keep());
    node.set("reasons", Json.texts(decision.reasons()));
    return node;
  }

  static ObjectNode stretch(LogDecision decision) {
    ObjectNode node =
        Json.object()
            .put("source", decision.source().value())
            .put("firstSegment", decision.first())
            .put("lastSegment", decision.last())
            .put("from", decision.from().toString())
            .put("to", decision.to().toString())
            .put("firstCommit", Json.time(decision.firstCommit()))
            .put("lastCommit", Json.time(decision.lastCommit()))
            .put("storedBytes", decision.bytes())
            .put("keep", decision.keep());
    node.set("reasons", Json.texts(decision.reasons()));
    return node;
  }
}
