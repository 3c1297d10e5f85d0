package dev.foldback.core.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import java.util.List;

/**
 * What a snapshot says besides its rows. Objects and table definitions are sealed; the rest is in
 * the manifest in the clear.
 *
 * @param method how consistency was had
 * @param checks what was checked while writing, in words
 * @param origin how the snapshot comes to be
 */
public record SnapshotContents(
    Position position,
    String method,
    Selection selection,
    List<SchemaObject> objects,
    List<TableDefinition> tables,
    List<Finding> findings,
    List<String> checks,
    Origin origin) {
  public SnapshotContents {
    objects = List.copyOf(objects);
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
  }
}
