package dev.foldback.core.log;

import java.time.Duration;

/**
 * How to read a log.
 *
 * @param once end where the log ends now; otherwise wait for more
 * @param pulse how often a feed that waits says that it still does
 */
public record LogOptions(boolean once, Duration pulse) {}
