package dev.foldback.core.repository;

import dev.foldback.core.SnapshotId;
import java.util.Optional;

/**
 * What to verify.
 *
 * @param snapshot only what this snapshot needs; empty for the whole repository
 * @param quick structure and presence only, no bytes of objects
 * @param threads objects read at once
 */
public record VerifyRequest(Optional<SnapshotId> snapshot, boolean quick, int threads) {}
