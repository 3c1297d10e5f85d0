package dev.foldback.core.restore;

import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.work.Workers;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Loads all tables and builds their indexes on several threads, the largest first. */
final class TableLoading {
  private final SnapshotReader reader;
  private final LoadSession session;
  private final LoadPlan plan;
  private final Progress progress;
  private final Queue<TableDefinition> queue;

  TableLoading(SnapshotReader reader, LoadSession session, LoadPlan plan, Progress progress) {
    this.reader = reader;
    this.session = session;
    this.plan = plan;
    this.progress = progress;
    this.queue =
        new ConcurrentLinkedQueue<>(
            plan.tables().stream()
                .sorted(
                    Comparator.comparingLong(
                            (TableDefinition t) -> reader.summary(t.name()).rowBytes())
                        .reversed())
                .toList());
  }

  void run(int threads) {
    Workers.run("load", Math.max(1, Math.min(threads, queue.size())), this::work);
  }

  private void work() throws InterruptedException {
    for (TableDefinition table = queue.poll(); table != null; table = queue.poll()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      load(table);
    }
  }

  private void load(TableDefinition table) {
    String item = table.name().toString();
    progress.begin(item);
    if (!plan.loaded().contains(table.name())) {
      session.load(table, new TellingSource(reader.rows(table.name()), progress));
    }
    session.buildIndexes(table);
    progress.end(item);
  }
}
