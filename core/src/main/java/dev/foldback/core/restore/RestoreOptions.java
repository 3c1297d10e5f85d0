package dev.foldback.core.restore;

import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import java.util.Optional;

/**
 * What to bring back and how.
 *
 * @param source may be empty where the repository holds one source
 * @param snapshot empty for the newest
 * @param verify read everything back and compare it
 */
public record RestoreOptions(
    Optional<SourceName> source,
    Optional<SnapshotId> snapshot,
    Selection selection,
    Renames renames,
    LoadRequest.Existing existing,
    int threads,
    boolean verify) {}
