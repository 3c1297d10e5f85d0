package dev.foldback.core.moment;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FindingsException;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotReader;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a source between two moments. The log is read from the newest snapshot before
 * the first of them on: that one's definitions say how rows are laid out.
 */
public final class History {
  private final Repository repository;
  private final DatabaseEngine engine;
  private final HistoryOptions options;
  private final MomentChoice.Chosen chosen;
  private final Scan.Found from;
  private final Scan.Found to;

  private History(
      Repository repository,
      DatabaseEngine engine,
      HistoryOptions options,
      MomentChoice.Chosen chosen,
      Scan.Found from,
      Scan.Found to) {
    this.repository = repository;
    this.engine = engine;
    this.options = options;
    this.chosen = chosen;
    this.from = from;
    this.to = to;
  }

  /** Finds snapshot and log; fails with {@code MOMENT_UNREACHABLE} where there are none. */
  public static History open(
      Repository repository, DatabaseEngine engine, HistoryOptions options, Progress progress) {
    MomentChoice choice =
        new MomentChoice(repository, engine, options.source(), options.workFolder());
    if (options.from().isEmpty()) {
      MomentChoice.Chosen chosen = choice.earliest(options.to(), progress);
      return new History(repository, engine, options, chosen, chosen.found(), chosen.found());
    }
    MomentChoice.Chosen chosen = choice.choose(options.from().get(), progress);
    Scan.Found to = choice.within(chosen, options.to(), progress);
    History history = new History(repository, engine, options, chosen, chosen.found(), to);
    history.refuseBackwards();
    return history;
  }

  private void refuseBackwards() {
    boolean backwards =
        to.stop().isPresent()
            && from.stop().map(at -> to.stop().get().compareTo(at) < 0).orElse(true);
    if (backwards) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          options.to() + " is before " + options.from().orElseThrow(),
          "Give the earlier moment as --from and the later one as --to.");
    }
  }

  public SnapshotManifest snapshot() {
    return chosen.stretch().snapshot();
  }

  /** The statements between the snapshot and the last moment. */
  List<LoggedStatement> statements() {
    return to.statements();
  }

  /** Every object of the snapshot. */
  List<SchemaObject> objects() {
    try (SnapshotReader base = repository.open(snapshot().id())) {
      return base.objects();
    }
  }

  /**
   * Tells everything.
   *
   * @param scratch where the log's statements are run on empty copies, to know the definitions
   *     after them; where there is none, rows of tables that they name are not told
   * @param run names these copies: letters and digits
   */
  public HistorySummary tell(
      Optional<TargetServer> scratch, String run, HistoryListener listener, Progress progress) {
    try (SnapshotReader base = repository.open(snapshot().id())) {
      if (scratch.isEmpty()) {
        return tell(
            new SnapshotTables(engine, TableState.of(base.objects(), base.tables())),
            base,
            listener,
            progress);
      }
      try (DefinitionHistory followed =
          scratch
              .get()
              .follow(
                  run, base.manifest().server(), base.objects(), base.tables(), to.statements())) {
        FindingsException.throwIfAny(
            followed.findings(), ErrorCode.LOG_NOT_FOLDABLE, "nothing was told");
        Lineage lineage =
            new Lineage(TableState.of(base.objects(), base.tables()), followed.steps());
        return tell(new FollowedTables(lineage.replay()), base, listener, progress);
      }
    }
  }

  private HistorySummary tell(
      KnownTables known, SnapshotReader base, HistoryListener listener, Progress progress) {
    options.table().ifPresent(table -> refuseUnknown(table, base));
    // Without a first moment all that follows the snapshot is told.
    Optional<LogPlace> first =
        options.from().isEmpty() ? Optional.of(new LogPlace("", 0)) : from.stop();
    if (first.isEmpty()) {
      // The log ends at the first moment.
      return new HistorySummary(snapshot().id(), 0, 0, 0, 0, 0, List.of());
    }
    HistoryTeller teller = new HistoryTeller(engine, known, listener, options.table(), first.get());
    progress.phase("changes", 0, chosen.walk().bytes());
    chosen
        .walk()
        .run(
            teller,
            teller,
            t -> to.stop().isEmpty() || t.start().compareTo(to.stop().get()) < 0,
            progress);
    return teller.summary(snapshot().id());
  }

  private void refuseUnknown(TableName table, SnapshotReader base) {
    boolean known =
        base.tables().stream().map(TableDefinition::name).anyMatch(table::equals)
            || to.statements().stream().anyMatch(s -> engine.reach(s).touches(table));
    if (!known) {
      throw new FoldbackException(
          ErrorCode.NOTHING_SELECTED,
          "neither snapshot " + snapshot().id() + " nor the log after it has a table " + table,
          "See 'foldback show " + snapshot().id() + "' for the tables that there are.");
    }
  }
}
