package dev.foldback.core.capture;

import dev.foldback.core.log.SegmentManifest;
import java.time.Duration;
import java.util.Optional;

/**
 * What a capture stored.
 *
 * @param newest the newest segment, which this run may not have written
 * @param segments how many were committed
 * @param bytes of the log in them
 * @param sentBytes that went to the store
 */
public record CaptureResult(
    Optional<SegmentManifest> newest,
    long segments,
    long transactions,
    long bytes,
    long sentBytes,
    Duration time) {}
