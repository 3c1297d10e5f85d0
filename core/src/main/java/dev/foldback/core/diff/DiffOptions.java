package dev.foldback.core.diff;

import dev.foldback.core.Selection;
import dev.foldback.core.SourceName;
import java.nio.file.Path;

/**
 * What to compare.
 *
 * @param workFolder for changes that memory has no room for
 * @param run names the schemas of empty copies on a scratch server: letters and digits
 */
public record DiffOptions(
    SourceName source,
    Point before,
    Point after,
    Selection selection,
    Path workFolder,
    String run) {}
