package dev.foldback.core.log;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of the log that was lost before it was stored.
 *
 * @param reason stable, for machines: {@code purged}, {@code reset}, {@code another-server}, …
 * @param words what is lost, for people
 * @param after the time up to which the log before it was stored
 */
public record LogHole(String reason, String words, Optional<Instant> after) {}
