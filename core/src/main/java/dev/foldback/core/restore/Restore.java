package dev.foldback.core.restore;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FindingsException;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.frame.Hashing;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.TableState;
import dev.foldback.core.moment.Moment;
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
 * Brings a snapshot, or a moment of the log after one, to a server and compares what arrived:
 * {@link #plan}, which writes nothing but empty copies that it removes again, then {@link #run}. A
 * run that was stopped is run again with the same options and goes on after the tables that it had
 * finished.
 */
public final class Restore {
  /** Of what is missing, so much is named in a proof. */
  private static final int MOST_NAMED = 10;

  private final Repository repository;
  private final DatabaseEngine engine;
  private final TargetServer target;
  private final Clock clock;

  /**
   * @param engine of the source and the target
   */
  public Restore(Repository repository, DatabaseEngine engine, TargetServer target, Clock clock) {
    this.repository = repository;
    this.engine = engine;
    this.target = target;
    this.clock = clock;
  }

  /** Says everything that a run would do. Its findings may hold an ERROR; then a run refuses. */
  public RestorePlan plan(RestoreOptions options, Progress progress) {
    SnapshotReader contents = contents(options, progress);
    try {
      return plan(options, contents);
    } catch (RuntimeException e) {
      contents.close();
      throw e;
    }
  }

  /** A snapshot alone where one is named, or no log is stored; else a moment. */
  private SnapshotReader contents(RestoreOptions options, Progress progress) {
    boolean newest = options.snapshot().isEmpty() && options.cut() instanceof Cut.End;
    if (options.snapshot().isPresent() || newest) {
      SnapshotManifest manifest =
          SnapshotChoice.choose(repository.snapshots(), options.source(), options.snapshot());
      boolean alone = !newest || repository.log(manifest.source()).segments().isEmpty();
      return alone ? repository.open(manifest.id()) : moment(manifest.source(), options, progress);
    }
    SourceName source = SourceChoice.choose(repository.snapshots(), options.source());
    return moment(source, options, progress);
  }

  private Moment moment(SourceName source, RestoreOptions options, Progress progress) {
    return Moment.open(
        repository,
        engine,
        target,
        source,
        options.cut(),
        Long.toHexString(clock.instant().toEpochMilli()),
        options.workFolder(),
        progress);
  }

  private RestorePlan plan(RestoreOptions options, SnapshotReader reader) {
    SnapshotManifest manifest = reader.manifest();
    String hint = "See 'foldback show " + manifest.id() + "' for what it holds.";
    Unmatched.in(reader.tables().stream().map(TableDefinition::name), reader.objects())
        .refuse(options, manifest.server().ignoresCase() || target.info().ignoresCase(), hint);
    LoadPlan load =
        target.plan(
            new LoadRequest(
                restoreId(reader, options),
                manifest.server(),
                reader.objects(),
                reader.tables(),
                options.selection(),
                manifest.selection(),
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
    options.where().ifPresent(where -> check(where, options, reader, load));
    List<TableSummary> summaries =
        load.tables().stream().map(t -> reader.summary(t.name())).toList();
    return new RestorePlan(
        options,
        reader,
        load.withFindings(more(reader, options, load)),
        summaries.stream().mapToLong(TableSummary::rows).sum(),
        summaries.stream().mapToLong(TableSummary::rowBytes).sum());
  }

  /** What is wrong in a condition is said before anything is written. */
  private void check(String where, RestoreOptions options, SnapshotReader reader, LoadPlan load) {
    if (options.existing() != LoadRequest.Existing.REFUSE) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "--where brings a part of a table, which must not take the place of one that is there",
          "Leave --existing out, and bring the rows under another name with --rename.");
    }
    if (load.tables().size() != 1) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "--where is for one table, and " + load.tables().size() + " are selected",
          "Select it with --include schema.table.");
    }
    condition(reader, load.tables().getFirst(), where);
  }

  private static List<Finding> more(SnapshotReader reader, RestoreOptions options, LoadPlan load) {
    List<Finding> more = new ArrayList<>();
    if (reader instanceof Moment moment) {
      more.addAll(moment.findings());
    }
    options
        .where()
        .ifPresent(
            where ->
                more.add(
                    Finding.warning(
                        "part-of-a-table",
                        load.tables().getFirst().name().toString(),
                        "only its rows of "
                            + where
                            + " are restored; its foreign keys are not checked",
                        "Take the rows from there; don't use it in place of the table.")));
    return more;
  }

  /** Runs a plan once. */
  public RestoreResult run(RestorePlan plan, Progress progress) {
    FindingsException.throwIfAny(
        plan.load().findings(), ErrorCode.NOT_RESTORABLE, "Nothing was written.");
    int threads = plan.options().threads();
    Instant start = clock.instant();
    LoadPlan load = folded(plan, progress);
    SnapshotReader rows = chosen(plan, load);
    try (LoadSession session = target.begin(load, threads, progress)) {
      progress.phase("create", 0, 0);
      session.createTables();
      progress.phase("load", plan.rows(), plan.rowBytes());
      new TableLoading(rows, session, load, progress).run(threads);
      progress.phase("programs", 0, 0);
      session.createPrograms();
      Instant loaded = clock.instant();
      if (plan.options().verify()) {
        compare(plan, rows, session, progress);
      }
      if (plan.options().existing() == LoadRequest.Existing.SWAP) {
        progress.phase("swap", 0, 0);
      }
      session.complete();
      List<Finding> findings = new ArrayList<>(load.findings());
      findings.addAll(session.findings());
      if (plan.options().verify()) {
        keep(plan, true, equal(plan, session.missing()), progress).ifPresent(findings::add);
      }
      Amount amount = amount(plan, rows);
      if (plan.options().where().isPresent() && amount.rows() == 0) {
        findings.add(
            Finding.warning(
                "no-rows",
                load.tables().getFirst().name().toString(),
                "no row has such a key: " + plan.options().where().get(),
                "See the keys with 'foldback changes', or restore the whole table beside."));
      }
      return new RestoreResult(
          plan.snapshot().id(),
          load.tables().size(),
          amount.rows(),
          amount.bytes(),
          plan.options().verify(),
          findings,
          session.missing(),
          Duration.between(start, loaded),
          Duration.between(loaded, clock.instant()));
    }
  }

  /** All rows, or those of the keys that were asked for. */
  private SnapshotReader chosen(RestorePlan plan, LoadPlan load) {
    Optional<String> where = plan.options().where();
    if (where.isEmpty()) {
      return plan.contents();
    }
    TableDefinition table = load.tables().getFirst();
    return new ChosenRows(
        plan.contents(), table.name(), condition(plan.contents(), table, where.get()));
  }

  private KeyCondition condition(SnapshotReader reader, TableDefinition table, String where) {
    TableState state =
        TableState.of(reader.objects(), List.of(table)).stream().findFirst().orElseThrow();
    return KeyCondition.parse(where, table, engine.values(state));
  }

  /** Makes a moment's rows ready, before anything is written. */
  private static LoadPlan folded(RestorePlan plan, Progress progress) {
    if (!(plan.contents() instanceof Moment moment)) {
      return plan.load();
    }
    moment.fold(plan.load().tables().stream().map(TableDefinition::name).toList(), progress);
    return plan.load().withObjects(moment::withState);
  }

  private record Amount(long rows, long bytes) {}

  /** What was really loaded. */
  private static Amount amount(RestorePlan plan, SnapshotReader rows) {
    if (plan.moment().isEmpty() && plan.options().where().isEmpty()) {
      return new Amount(plan.rows(), plan.rowBytes());
    }
    long count = 0;
    long bytes = 0;
    for (TableDefinition table : plan.load().tables()) {
      RowSource of = rows.rows(table.name());
      count += of.rows();
      bytes += of.bytes();
    }
    return new Amount(count, bytes);
  }

  /** Throws what differs, whatever else fails then. */
  private void compare(
      RestorePlan plan, SnapshotReader rows, LoadSession session, Progress progress) {
    progress.phase("compare", plan.rows(), plan.rowBytes());
    Comparison comparison = new Comparison(rows, session, plan.load().tables(), progress);
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

  /** Only a restore of all that a snapshot holds, and nothing else, says something about it. */
  private Optional<Finding> keep(RestorePlan plan, boolean good, String detail, Progress progress) {
    if (plan.moment().isPresent()
        || plan.options().where().isPresent()
        || plan.load().tables().size() != plan.snapshot().tables()) {
      return Optional.empty();
    }
    Proof proof = new Proof(clock.instant(), "restore", good, detail);
    Optional<Finding> failed = ProofKeeping.keep(repository, plan.snapshot().id(), proof);
    failed.ifPresent(progress::finding);
    return failed;
  }

  private static String restoreId(SnapshotReader reader, RestoreOptions options) {
    String moment =
        reader instanceof Moment m ? m.summary().end().map(p -> "\n" + p).orElse("") : "";
    String all =
        reader.manifest().id()
            + moment
            + "\n"
            + options.selection()
            + "\n"
            + options.renames().schemas()
            + "\n"
            + options.renames().tables()
            + options.where().map(where -> "\n" + where).orElse("")
            + (options.existing() == LoadRequest.Existing.SWAP ? "\nin place" : "");
    return Hashing.hex(Hashing.sha256().digest(all.getBytes(StandardCharsets.UTF_8)))
        .substring(0, 16);
  }
}
