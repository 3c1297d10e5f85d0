package dev.foldback.core.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import java.time.Instant;
import java.util.List;

/**
 * A committed snapshot, as its manifest tells without any key.
 *
 * @param started when the position was taken, by this host's clock
 * @param rowBytes rows in text form, before compression
 * @param storedBytes of all objects that the snapshot refers to
 * @param newBytes stored bytes that this snapshot added
 * @param checks what was checked while writing
 */
public record SnapshotManifest(
    SnapshotId id,
    SourceName source,
    ServerInfo server,
    Instant started,
    Instant finished,
    Position position,
    String method,
    Selection selection,
    long tables,
    long rows,
    long rowBytes,
    long storedBytes,
    long newBytes,
    List<Finding> findings,
    List<String> checks) {
  public SnapshotManifest {
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
  }
}
