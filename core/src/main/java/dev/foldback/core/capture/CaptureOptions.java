package dev.foldback.core.capture;

import dev.foldback.core.SourceName;
import java.time.Duration;

/**
 * What to capture and how.
 *
 * @param once catch up to now and end
 * @param maxLag what was in the server's log is stored after that time at the latest, but for a
 *     transaction that is still being written
 * @param acceptHole begin a new stretch where the log does not go on
 * @param compressionLevel of zstd, 1 to 19
 */
public record CaptureOptions(
    SourceName source, boolean once, Duration maxLag, boolean acceptHole, int compressionLevel) {}
