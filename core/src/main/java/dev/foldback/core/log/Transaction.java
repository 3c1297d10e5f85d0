package dev.foldback.core.log;

import java.time.Instant;

/**
 * What begins a transaction in the log.
 *
 * @param id its GTID in the server's notation; empty where it has none
 * @param start the place of its first byte
 * @param committed when it committed, by the source's clock; of whole seconds where the log keeps
 *     no finer time
 */
public record Transaction(String id, LogPlace start, Instant committed) {}
