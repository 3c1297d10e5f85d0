package dev.foldback.core.prune;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FindingsException;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides what a repository no longer needs, tells it, and then deletes it. */
public final class Prune {
  private final Repository repository;
  private final Clock clock;

  public Prune(Repository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Nothing is deleted before {@code told} has returned.
   *
   * @param source only this one's snapshots and log; empty for every source
   * @return what was done; empty for a dry run
   */
  public Optional<Swept> run(
      RetentionPolicy policy,
      Optional<SourceName> source,
      PruneOptions options,
      Consumer<PrunePlan> told,
      Progress progress) {
    try (Pruner pruner = repository.prune(options)) {
      SnapshotListing listing = pruner.snapshots();
      refuseDamaged(listing.damaged());
      Decisions decisions =
          new Retention(policy, clock.instant())
              .decide(ofSource(listing, source), ofSource(pruner.log(), source));
      Dropping dropping = Dropping.of(decisions);
      told.accept(new PrunePlan(decisions, pruner.weigh(dropping, progress), options));
      return options.dryRun() ? Optional.empty() : Optional.of(pruner.drop(dropping, progress));
    }
  }

  private static List<SnapshotListing.Entry> ofSource(
      SnapshotListing listing, Optional<SourceName> source) {
    List<SnapshotListing.Entry> entries =
        listing.entries().stream()
            .filter(e -> source.map(e.manifest().source()::equals).orElse(true))
            .toList();
    if (entries.isEmpty() && source.isPresent()) {
      throw new FoldbackException(
          ErrorCode.UNKNOWN_SOURCE,
          "there is no snapshot of a source " + source.get() + "; nothing was deleted",
          "Take a name from 'foldback list'.");
    }
    return entries;
  }

  private static List<LogSegment> ofSource(List<LogSegment> log, Optional<SourceName> source) {
    return log.stream().filter(s -> source.map(s.source()::equals).orElse(true)).toList();
  }

  /** What a manifest that can't be read refers to is not known, so no object may go. */
  private static void refuseDamaged(List<Finding> damaged) {
    FindingsException.throwIfAny(
        damaged.stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList(),
        ErrorCode.NOT_PRUNABLE,
        "Nothing was deleted: what these manifests refer to is not known.");
  }
}
