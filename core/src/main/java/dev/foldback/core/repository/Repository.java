package dev.foldback.core.repository;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.Pruner;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** Where backups live. Safe for several threads. */
public interface Repository extends AutoCloseable {

  RepositoryInfo info();

  /**
   * Takes the lease of the source and begins a snapshot. Fails with {@code LEASE_HELD} where a
   * living process holds it.
   */
  SnapshotWriter begin(SourceName source, ServerInfo server, WriterOptions options);

  /** Every snapshot, oldest first, and every manifest that can't be read. */
  SnapshotListing snapshots();

  /** Opens a snapshot to read rows; needs the recovery key where the repository is sealed. */
  SnapshotReader open(SnapshotId id);

  /** The shape of a snapshot without any key. */
  List<TableSummary> tables(SnapshotId id);

  /** Checks what is stored. Without the key it still checks every stored byte. */
  VerifyReport verify(VerifyRequest request, Progress progress);

  /** Keeps the outcome of a check with the snapshot, for listings and retention. */
  void record(SnapshotId id, Proof proof);

  /**
   * Takes the lease for capturing the source's log; a backup of the same source may run beside it.
   * Fails with {@code LEASE_HELD} where a living process holds it.
   *
   * @param compressionLevel of zstd
   */
  LogWriter beginLog(SourceName source, int compressionLevel);

  /** The stored log of a source. */
  LogListing log(SourceName source);

  /** The sources that have a log. */
  Set<SourceName> logs();

  /**
   * The bytes of a segment, exactly as the server kept them; needs the recovery key where the
   * repository is sealed. Each frame is checked against its hash before it is handed out; damage
   * comes as {@code FoldbackException} from the reads.
   */
  InputStream openSegment(SourceName source, long number);

  /**
   * Begins to delete what is no longer wanted. Fails with {@code LEASE_HELD} where another prune of
   * the repository is under way, unless nothing is to be deleted.
   */
  Pruner prune(PruneOptions options);

  @Override
  void close();
}
