package dev.foldback.core.consolidate;

import dev.foldback.core.moment.MomentSummary;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.Transfer;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of it.
 *
 * @param folded the snapshot and the log that went in
 * @param manifest the new snapshot; empty where the log holds nothing new, so that none was written
 * @param changes of rows that were folded
 * @param carried tables that were taken over unread
 */
public record ConsolidateResult(
    MomentSummary folded,
    Optional<SnapshotManifest> manifest,
    long changes,
    long carried,
    Transfer transfer,
    Duration time) {}
