package dev.foldback.core.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a snapshot says besides its rows. Objects and table definitions are sealed; the rest is in
 * the manifest in the clear.
 *
 * @param storedLog as {@link SnapshotManifest#storedLog}
 * @param method how consistency was had
 * @param checks what was checked while writing, in words
 * @param origin how the snapshot comes to be
 * @param taken when the position was, for the manifest's {@code started}: nothing that committed
 *     later is in; empty for when the writing began
 */
public record SnapshotContents(
    Position position,
    long storedLog,
    String method,
    Selection selection,
    List<SchemaObject> objects,
    List<TableDefinition> tables,
    List<Finding> findings,
    List<String> checks,
    Origin origin,
    Optional<Instant> taken) {
  public SnapshotContents {
    objects = List.copyOf(objects);
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
  }
}
