package dev.foldback.core.backup;

import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.Transfer;
import java.time.Duration;

/** A committed backup and what it cost. */
public record BackupResult(SnapshotManifest manifest, Transfer transfer, Duration time) {}
