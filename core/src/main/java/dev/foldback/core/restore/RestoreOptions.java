package dev.foldback.core.restore;

import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.log.Cut;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to bring back and how.
 *
 * @param source may be empty where the repository holds one source
 * @param snapshot restored alone, without the log after it; empty for a moment
 * @param cut the moment, where no snapshot is named
 * @param workFolder for what memory has no room for
 * @param verify read everything back and compare it
 * @param where only rows of these keys, of the one table that is selected; such as {@code id = 42}
 */
public record RestoreOptions(
    Optional<SourceName> source,
    Optional<SnapshotId> snapshot,
    Cut cut,
    Path workFolder,
    Selection selection,
    Renames renames,
    LoadRequest.Existing existing,
    int threads,
    boolean verify,
    Optional<String> where) {}
