package dev.foldback.core.consolidate;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FindingsException;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Origin;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.log.Cut;
import dev.foldback.core.moment.Moment;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotContents;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.Transfer;
import dev.foldback.core.repository.WriterOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds the newest snapshot and the log after it into a new snapshot, so that backups can be by log
 * for ever and restores stay as short as after a full one; to the end of that log or to an earlier
 * moment. The source is not asked. Tables without changes are taken over unread; of the others,
 * frames without changes are stored already. The log stays, so every moment before can still be
 * had.
 */
public final class Consolidate {
  private final Repository repository;
  private final DatabaseEngine engine;
  private final Clock clock;

  public Consolidate(Repository repository, DatabaseEngine engine, Clock clock) {
    this.repository = repository;
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * @param scratch where statements of the log are run on empty copies; without it a log that holds
   *     any is refused with {@code LOG_NOT_FOLDABLE}
   */
  public ConsolidateResult run(
      ConsolidateOptions options, Optional<TargetServer> scratch, Progress progress) {
    Instant start = clock.instant();
    try (Moment moment =
        Moment.open(
            repository,
            engine,
            scratch,
            options.source(),
            options.cut(),
            options.run(),
            options.workFolder(),
            Moment.SHARE,
            progress)) {
      requireNewest(options, moment.manifest());
      moment.findings().forEach(progress::finding);
      FindingsException.throwIfAny(
          moment.findings(), ErrorCode.LOG_NOT_FOLDABLE, "Nothing was written.");
      if (moment.summary().transactions() == 0) {
        return new ConsolidateResult(
            moment.summary(),
            Optional.empty(),
            0,
            0,
            new Transfer(0, 0, 0, 0),
            Duration.between(start, clock.instant()));
      }
      WriterOptions writing =
          new WriterOptions(options.threads(), options.compressionLevel(), true);
      try (SnapshotWriter writer =
          repository.begin(options.source(), moment.manifest().server(), writing)) {
        List<TableName> names = moment.tables().stream().map(TableDefinition::name).toList();
        moment.fold(names, progress);
        TableWriting tables = new TableWriting(moment, writer, progress);
        List<TableDefinition> written = tables.run(options.threads());
        progress.phase("commit", 0, 0);
        SnapshotManifest manifest = writer.commit(contents(moment, options.cut(), written, tables));
        return new ConsolidateResult(
            moment.summary(),
            Optional.of(manifest),
            moment.changes(),
            tables.carried(),
            writer.transfer(),
            Duration.between(start, clock.instant()));
      }
    }
  }

  /** What is older than the newest snapshot would be the newest by its id. */
  private void requireNewest(ConsolidateOptions options, SnapshotManifest base) {
    SnapshotManifest newest =
        repository.snapshots().entries().stream()
            .map(SnapshotListing.Entry::manifest)
            .filter(m -> m.source().equals(options.source()))
            .reduce((older, newer) -> newer)
            .orElse(base);
    if (!(options.cut() instanceof Cut.End) && !newest.id().equals(base.id())) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "snapshot "
              + newest.id()
              + " is not before "
              + options.cut()
              + ", and a consolidated snapshot is always the newest; nothing was written",
          "Name a later moment, or leave --at and --before out.");
    }
  }

  private static SnapshotContents contents(
      Moment moment, Cut cut, List<TableDefinition> tables, TableWriting written) {
    SnapshotManifest base = moment.manifest();
    List<Finding> findings = new ArrayList<>(base.findings());
    findings.addAll(moment.findings());
    List<SchemaObject> objects = moment.objects();
    return new SnapshotContents(
        moment.position(),
        base.storedLog(),
        "folded from snapshot " + base.id() + " and the log after it",
        base.selection(),
        objects,
        tables,
        findings,
        List.of(
            moment.changes()
                + " changes of "
                + moment.summary().transactions()
                + " transactions were folded, and each found its row",
            written.carried() + " of " + tables.size() + " tables have no change and were not read",
            "every frame's rows were hashed before compression, every object's bytes as stored"),
        new Origin(
            Origin.CONSOLIDATED,
            "it was asked for" + (cut instanceof Cut.End ? "" : ", as of " + cut)),
        moment.latest());
  }
}
