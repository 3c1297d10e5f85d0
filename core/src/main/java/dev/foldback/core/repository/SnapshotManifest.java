package dev.foldback.core.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A committed snapshot, as its manifest tells without any key.
 *
 * @param started when the position was taken, by this host's clock
 * @param rowBytes rows in text form, before compression
 * @param storedBytes of all objects that the snapshot refers to
 * @param newBytes stored bytes that this snapshot added
 * @param storedLog number of the newest segment of the source's log that was stored when the
 *     snapshot was begun: what lies past the snapshot's place in a log that ended by then is of
 *     another time of that log, or of another server; 0 where there was none, or it is not known
 * @param checks what was checked while writing
 * @param origin how it came to be; empty where it is of a Foldback that did not record it
 */
public record SnapshotManifest(
    SnapshotId id,
    SourceName source,
    ServerInfo server,
    Instant started,
    Instant finished,
    Position position,
    long storedLog,
    String method,
    Selection selection,
    long tables,
    long rows,
    long rowBytes,
    long storedBytes,
    long newBytes,
    List<Finding> findings,
    List<String> checks,
    Optional<Origin> origin) {
  public SnapshotManifest {
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
  }
}
