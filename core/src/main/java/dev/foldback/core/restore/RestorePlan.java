package dev.foldback.core.restore;

import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.repository.SnapshotManifest;

/**
 * What a restore will do, before it does anything.
 *
 * @param rows that will be loaded
 * @param rowBytes of them, before compression
 */
public record RestorePlan(
    RestoreOptions options, SnapshotManifest snapshot, LoadPlan load, long rows, long rowBytes) {}
