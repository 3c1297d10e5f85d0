package dev.foldback.core.backup;

import dev.foldback.core.Selection;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.SnapshotOptions;

/**
 * What to back up and how.
 *
 * @param reading how the server is read
 * @param compressionLevel of zstd, 1 to 19
 * @param full store every frame anew, even where the repository has it
 */
public record BackupOptions(
    SourceName source,
    Selection selection,
    SnapshotOptions reading,
    int compressionLevel,
    boolean full) {}
