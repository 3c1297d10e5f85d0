package dev.foldback.core.consolidate;

import dev.foldback.core.SourceName;
import dev.foldback.core.log.Cut;
import java.nio.file.Path;

/**
 * What to consolidate and how.
 *
 * @param cut up to where; not before the newest snapshot
 * @param workFolder for changes that memory has no room for
 * @param run names the schemas of empty copies on a scratch server: letters and digits
 * @param threads how many tables are written at once
 * @param compressionLevel of zstd, 1 to 19
 */
public record ConsolidateOptions(
    SourceName source, Cut cut, Path workFolder, String run, int threads, int compressionLevel) {}
