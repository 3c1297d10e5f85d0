package dev.foldback.cli;

import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.Dropping;
import dev.foldback.core.prune.Garbage;
import dev.foldback.core.prune.LogSegment;
import dev.foldback.core.prune.Pruner;
import dev.foldback.core.prune.Swept;
import dev.foldback.core.repository.SnapshotListing;
import java.util.ArrayList;
import java.util.List;

/** Tells a listing and notes what it is to delete. */
final class FakePruner implements Pruner {
  final List<Dropping> dropped = new ArrayList<>();
  private final FakeRepository repository;

  FakePruner(FakeRepository repository) {
    this.repository = repository;
  }

  @Override
  public SnapshotListing snapshots() {
    return repository.snapshots();
  }

  @Override
  public List<LogSegment> log() {
    return List.of(segment(1, 100, 40), segment(2, 200, 2), segment(3, 5000, 1));
  }

  private static LogSegment segment(int number, long to, int daysAgo) {
    return new LogSegment(
        new SourceName("shop"),
        "server-1",
        number,
        new LogPlace("binlog.000007", number == 1 ? 4 : number == 2 ? 100 : 200),
        new LogPlace("binlog.000007", to),
        Given.NOW.minusSeconds(86_400L * daysAgo + 60),
        Given.NOW.minusSeconds(86_400L * daysAgo),
        1 << 20);
  }

  @Override
  public Garbage weigh(Dropping dropping, Progress progress) {
    return new Garbage(3, 5 << 20, 1, 2 << 20);
  }

  @Override
  public Swept drop(Dropping dropping, Progress progress) {
    dropped.add(dropping);
    return new Swept(dropping.snapshots().size(), 0, 4, 6 << 20, 3, 5 << 20, true);
  }

  @Override
  public void close() {}
}
