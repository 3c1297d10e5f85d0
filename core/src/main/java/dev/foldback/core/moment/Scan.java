package dev.foldback.core.moment;

import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogStretch;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.log.Transaction;
import dev.foldback.core.progress.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A first pass over the log that opens no row: finds the exact place of a cut, and the statements
 * before it.
 */
final class Scan implements ChangeListener, Predicate<Transaction> {
  private final Wanted wanted;
  private final Cut cut;
  private final List<LoggedStatement> statements = new ArrayList<>();
  private List<LoggedStatement> open = new ArrayList<>();
  private @Nullable Transaction current;
  private @Nullable Transaction last;
  private @Nullable LogPlace stop;
  private @Nullable LogPlace end;
  private long transactions;
  private final LogWalk walk;
  private final Optional<SegmentManifest> newest;
  private final List<String> before = new ArrayList<>();
  private int segment;
  private boolean passedOver;

  private Scan(LogWalk walk, Cut cut) {
    this.walk = walk;
    this.cut = cut;
    this.wanted = new Wanted(cut);
    this.newest = walk.lastWithTransactions();
  }

  /**
   * What there is up to a cut.
   *
   * @param stop the first transaction that begins here is not wanted any more; empty where all are
   * @param end the place after the last one that is wanted; empty where none is
   * @param last the last one that is wanted
   * @param before the transactions of the segment that {@code stop} is in, from its start or that
   *     of the walk up to there; none where {@code stop} is empty
   * @param found whether the log goes on past the cut, or holds the transaction that it names
   */
  record Found(
      Optional<LogPlace> stop,
      Optional<LogPlace> end,
      Optional<Transaction> last,
      long transactions,
      List<LoggedStatement> statements,
      List<String> before,
      boolean found) {}

  static Found run(LogWalk walk, Cut cut, Progress progress) {
    Scan scan = new Scan(walk, cut);
    progress.phase("scan", 0, walk.bytes());
    walk.run(Definitions.NONE, scan, scan, scan::passes, progress);
    boolean named = cut instanceof Cut.Through || cut instanceof Cut.Before;
    if (named && scan.passedOver && !scan.wanted.isFound()) {
      // Not in the order that its place in the set of transactions tells.
      scan = new Scan(walk, cut);
      walk.run(Definitions.NONE, scan, scan, progress);
    }
    return new Found(
        Optional.ofNullable(scan.stop),
        Optional.ofNullable(scan.end),
        Optional.ofNullable(scan.last),
        scan.transactions,
        List.copyOf(scan.statements),
        scan.stop == null ? List.of() : List.copyOf(scan.before),
        scan.wanted.isFound());
  }

  /**
   * Whether a segment can't hold the cut and says nothing but rows: then its manifest tells enough.
   */
  private boolean passes(SegmentManifest segment) {
    LogStretch stretch = segment.stretch();
    boolean rowsAlone = stretch.statements().isPresent() && stretch.statements().getAsLong() == 0;
    boolean isNewest = newest.filter(segment::equals).isPresent();
    if (!rowsAlone || isNewest || !isBefore(segment)) {
      return false;
    }
    passedOver = true;
    if (stretch.transactions() > 0) {
      transactions += stretch.transactions();
      end = LogOrder.place(segment.to());
      Instant committed = stretch.lastCommit().orElse(Instant.EPOCH);
      last = new Transaction("", end, committed);
    }
    return true;
  }

  private boolean isBefore(SegmentManifest segment) {
    return switch (cut) {
      case Cut.End _ -> true;
      case Cut.At(var time) ->
          segment.stretch().latestCommit().map(latest -> !latest.isAfter(time)).orElse(false);
      case Cut.Through(var id) -> !walk.includes(segment, id);
      case Cut.Before(var id) -> !walk.includes(segment, id);
      case Cut.Place(var place) -> LogOrder.place(segment.to()).compareTo(place) <= 0;
    };
  }

  @Override
  public boolean test(Transaction transaction) {
    boolean yes = stop == null && wanted.test(transaction);
    if (!yes && stop == null) {
      stop = transaction.start();
    }
    if (!(cut instanceof Cut.End) && (yes || transaction.start().equals(stop))) {
      remember(transaction, yes);
    }
    return yes;
  }

  /** Of one segment at a time: what its manifest says of those before it is enough. */
  private void remember(Transaction transaction, boolean isWanted) {
    List<SegmentManifest> segments = walk.segments();
    while (segment + 1 < segments.size()
        && LogOrder.place(segments.get(segment).to()).compareTo(transaction.start()) <= 0) {
      segment++;
      before.clear();
    }
    if (isWanted && !transaction.id().isEmpty()) {
      before.add(transaction.id());
    }
  }

  @Override
  public void begin(Transaction transaction) {
    current = transaction;
    open = new ArrayList<>();
  }

  @Override
  public void statement(LoggedStatement statement) {
    open.add(statement);
  }

  @Override
  public void commit(LogPlace place) {
    Transaction done = current;
    if (stop != null || done == null) {
      return;
    }
    if (cut instanceof Cut.Place(var at) && place.compareTo(at) > 0) {
      // The place is inside of it.
      stop = done.start();
      before.remove(done.id());
      return;
    }
    transactions++;
    statements.addAll(open);
    last = done;
    end = place;
  }

  @Override
  public void rollback(LogPlace place) {}

  @Override
  public void insert(TableDefinition table, RowImage after) {}

  @Override
  public void update(TableDefinition table, RowImage before, RowImage after) {}

  @Override
  public void delete(TableDefinition table, RowImage before) {}
}
