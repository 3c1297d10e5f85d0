package dev.foldback.core.moment;

import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.Transaction;
import dev.foldback.core.repository.SnapshotManifest;
import java.util.Optional;

/**
 * How a moment is reached.
 *
 * @param snapshot what the log is folded into
 * @param cut what was asked for
 * @param logBytes that are read, twice
 * @param transactions that are folded
 * @param statements among them that the log holds as text
 * @param end the place after the last transaction; empty where there is none
 * @param last the last transaction; empty where the moment is the snapshot's own
 */
public record MomentSummary(
    SnapshotManifest snapshot,
    Cut cut,
    long logBytes,
    long transactions,
    long statements,
    Optional<LogPlace> end,
    Optional<Transaction> last) {}
