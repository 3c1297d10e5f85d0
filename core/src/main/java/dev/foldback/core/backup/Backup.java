package dev.foldback.core.backup;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FindingsException;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Origin;
import dev.foldback.core.engine.ServerSnapshot;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotContents;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.WriterOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one snapshot of a server: check, lease, consistent view, read all slices, check that
 * nothing was redefined, commit. Before the commit nothing of it exists; a failure leaves only
 * frames that the next run finds and uses again.
 */
public final class Backup {
  private final Repository repository;
  private final SourceServer server;
  private final Clock clock;

  public Backup(Repository repository, SourceServer server, Clock clock) {
    this.repository = repository;
    this.server = server;
    this.clock = clock;
  }

  /**
   * @param origin to record with the snapshot
   */
  public BackupResult run(BackupOptions options, Origin origin, Progress progress) {
    Instant start = clock.instant();
    progress.phase("check", 0, 0);
    List<Finding> findings = new ArrayList<>(server.check(options.selection()));
    findings.forEach(progress::finding);
    FindingsException.throwIfAny(findings, ErrorCode.SERVER_UNSUPPORTED, "Nothing was read.");
    WriterOptions writing =
        new WriterOptions(options.reading().threads(), options.compressionLevel(), !options.full());
    try (SnapshotWriter writer = repository.begin(options.source(), server.info(), writing)) {
      SnapshotManifest manifest = take(options, origin, writer, findings, progress);
      return new BackupResult(
          manifest, writer.transfer(), Duration.between(start, clock.instant()));
    }
  }

  private SnapshotManifest take(
      BackupOptions options,
      Origin origin,
      SnapshotWriter writer,
      List<Finding> findings,
      Progress progress) {
    progress.phase("snapshot", 0, 0);
    try (ServerSnapshot snapshot =
        server.openSnapshot(options.selection(), options.reading(), progress)) {
      snapshot.findings().forEach(progress::finding);
      findings.addAll(snapshot.findings());
      List<TableDefinition> tables = snapshot.tables();
      refuseNothing(options, snapshot);
      progress.phase(
          "read",
          tables.stream().mapToLong(TableDefinition::estimatedRows).sum(),
          tables.stream().mapToLong(TableDefinition::estimatedBytes).sum());
      long rows = new SliceReading(snapshot, writer, progress).run(options.reading().threads());
      List<Finding> changes = snapshot.complete();
      FindingsException.throwIfAny(
          changes,
          ErrorCode.DEFINITION_CHANGED,
          "No snapshot was committed; what was read is kept for the next run to reuse.");
      findings.addAll(changes);
      findings.addAll(compareWithLast(options, rows, progress));
      progress.phase("commit", 0, 0);
      return writer.commit(
          new SnapshotContents(
              snapshot.position(),
              writer.storedLog(),
              snapshot.method(),
              options.selection(),
              snapshot.objects(),
              tables,
              findings,
              checks(tables.size(), rows),
              origin,
              Optional.empty()));
    }
  }

  private static void refuseNothing(BackupOptions options, ServerSnapshot snapshot) {
    if (snapshot.tables().isEmpty() && snapshot.objects().isEmpty()) {
      throw new FoldbackException(
          ErrorCode.NOTHING_SELECTED,
          "there is nothing to back up for "
              + options.selection()
              + "; an empty backup is not committed",
          "Check the patterns, and that the account may see the schemas: SHOW DATABASES.");
    }
  }

  /** A backup that is suddenly empty is the one that nobody notices until it is needed. */
  private List<Finding> compareWithLast(BackupOptions options, long rows, Progress progress) {
    long before =
        repository.snapshots().entries().stream()
            .map(SnapshotListing.Entry::manifest)
            .filter(m -> m.source().equals(options.source()))
            .filter(m -> m.selection().equals(options.selection()))
            .reduce((older, newer) -> newer)
            .map(SnapshotManifest::rows)
            .orElse(0L);
    if (before == 0 || rows >= before / 2) {
      return List.of();
    }
    Finding finding =
        Finding.warning(
            "rows-fell",
            options.source().value(),
            "this snapshot has " + rows + " rows, the one before it had " + before,
            "If that is not expected, keep the earlier snapshots and look at the server.");
    progress.finding(finding);
    return List.of(finding);
  }

  private static List<String> checks(int tables, long rows) {
    return List.of(
        "all slices of " + tables + " tables were read to their end: " + rows + " rows counted",
        "every frame's rows were hashed before compression, every object's bytes as stored",
        "no table was redefined while it was read");
  }
}
