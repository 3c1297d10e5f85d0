package dev.foldback.core.restore;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FindingsException;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.frame.Hashing;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.ProofKeeping;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.TableSummary;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings a snapshot to a server and compares what arrived: {@link #plan}, which writes nothing,
 * then {@link #run}. A run that was stopped is run again with the same options and goes on after
 * the tables that it had finished.
 */
public final class Restore {
  /** Of what is missing, so much is named in a proof. */
  private static final int MOST_NAMED = 10;

  private final Repository repository;
  private final TargetServer target;
  private final Clock clock;

  public Restore(Repository repository, TargetServer target, Clock clock) {
    this.repository = repository;
    this.target = target;
    this.clock = clock;
  }

  /** Says everything that a run would do. Its findings may hold an ERROR; then a run refuses. */
  public RestorePlan plan(RestoreOptions options) {
    SnapshotManifest manifest =
        SnapshotChoice.choose(repository.snapshots(), options.source(), options.snapshot());
    try (SnapshotReader reader = repository.open(manifest.id())) {
      String hint = "See 'foldback show " + manifest.id() + "' for what it holds.";
      Unmatched.in(reader.tables().stream().map(TableDefinition::name), reader.objects())
          .refuse(options, manifest.server().ignoresCase() || target.info().ignoresCase(), hint);
      LoadPlan load =
          target.plan(
              new LoadRequest(
                  restoreId(manifest, options),
                  manifest.server(),
                  reader.objects(),
                  reader.tables(),
                  options.selection(),
                  options.renames(),
                  options.existing(),
                  reader.tables().stream()
                      .filter(t -> options.selection().contains(t.name()))
                      .collect(
                          Collectors.toMap(TableDefinition::name, t -> LargestRow.of(reader, t)))));
      if (load.tables().isEmpty() && load.objects().isEmpty()) {
        throw new FoldbackException(
            ErrorCode.NOTHING_SELECTED,
            "the snapshot holds nothing for " + options.selection(),
            hint);
      }
      List<TableSummary> summaries =
          load.tables().stream().map(t -> reader.summary(t.name())).toList();
      return new RestorePlan(
          options,
          manifest,
          load,
          summaries.stream().mapToLong(TableSummary::rows).sum(),
          summaries.stream().mapToLong(TableSummary::rowBytes).sum());
    }
  }

  public RestoreResult run(RestorePlan plan, Progress progress) {
    FindingsException.throwIfAny(
        plan.load().findings(), ErrorCode.NOT_RESTORABLE, "Nothing was written.");
    int threads = plan.options().threads();
    Instant start = clock.instant();
    try (SnapshotReader reader = repository.open(plan.snapshot().id());
        LoadSession session = target.begin(plan.load(), threads, progress)) {
      progress.phase("create", 0, 0);
      session.createTables();
      progress.phase("load", plan.rows(), plan.rowBytes());
      new TableLoading(reader, session, plan.load(), progress).run(threads);
      progress.phase("programs", 0, 0);
      session.createPrograms();
      Instant loaded = clock.instant();
      if (plan.options().verify()) {
        compare(plan, reader, session, progress);
      }
      session.complete();
      List<Finding> findings = new ArrayList<>(plan.load().findings());
      findings.addAll(session.findings());
      if (plan.options().verify()) {
        keep(plan, true, equal(plan, session.missing()), progress).ifPresent(findings::add);
      }
      return new RestoreResult(
          plan.snapshot().id(),
          plan.load().tables().size(),
          plan.rows(),
          plan.rowBytes(),
          plan.options().verify(),
          findings,
          session.missing(),
          Duration.between(start, loaded),
          Duration.between(loaded, clock.instant()));
    }
  }

  /** Throws what differs, whatever else fails then. */
  private void compare(
      RestorePlan plan, SnapshotReader reader, LoadSession session, Progress progress) {
    progress.phase("compare", plan.rows(), plan.rowBytes());
    Comparison comparison = new Comparison(reader, session, plan.load().tables(), progress);
    List<Finding> differences = comparison.run(plan.options().threads());
    if (differences.isEmpty()) {
      return;
    }
    String detail = differences.size() + " differences, first " + differences.getFirst().subject();
    String next = "Running the same command again makes them anew.";
    try {
      keep(plan, false, detail, progress);
      session.again(comparison.differing());
    } catch (FoldbackException e) {
      next = "What should have followed failed too: " + e.getMessage();
    }
    FindingsException.throwIfAny(
        differences,
        ErrorCode.ROWS_DIFFER,
        "The restored tables stay on the target for you to look at; don't use them as they are. "
            + next);
  }

  private String equal(RestorePlan plan, List<Finding> missing) {
    String tables =
        plan.load().tables().size()
            + " tables restored to "
            + target.info().version()
            + " and equal";
    return missing.isEmpty()
        ? tables
        : tables
            + "; not complete, "
            + missing.size()
            + " missing: "
            + missing.stream()
                .limit(MOST_NAMED)
                .map(f -> f.code() + " " + f.subject())
                .collect(Collectors.joining(", "));
  }

  /** Only a restore of all that a snapshot holds says something about the snapshot. */
  private Optional<Finding> keep(RestorePlan plan, boolean good, String detail, Progress progress) {
    if (plan.load().tables().size() != plan.snapshot().tables()) {
      return Optional.empty();
    }
    Proof proof = new Proof(clock.instant(), "restore", good, detail);
    Optional<Finding> failed = ProofKeeping.keep(repository, plan.snapshot().id(), proof);
    failed.ifPresent(progress::finding);
    return failed;
  }

  private static String restoreId(SnapshotManifest manifest, RestoreOptions options) {
    String all =
        manifest.id()
            + "\n"
            + options.selection()
            + "\n"
            + options.renames().schemas()
            + "\n"
            + options.renames().tables();
    return Hashing.hex(Hashing.sha256().digest(all.getBytes(StandardCharsets.UTF_8)))
        .substring(0, 16);
  }
}
