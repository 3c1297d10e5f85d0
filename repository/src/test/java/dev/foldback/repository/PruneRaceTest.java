package dev.foldback.repository;

import static dev.foldback.repository.PruneFixture.DAY;
import static dev.foldback.repository.PruneFixture.assertRestores;
import static dev.foldback.repository.PruneFixture.assertWhole;
import static dev.foldback.repository.PruneFixture.backup;
import static dev.foldback.repository.PruneFixture.open;
import static dev.foldback.repository.PruneFixture.prune;
import static dev.foldback.repository.PruneFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.store.EventuallyConsistentStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Backups beside prunes, the one at every single call of the other. The backup is made to see an
 * old snapshot as the newest, so that it wants to use again what the prune deletes.
 */
class PruneRaceTest {
  private static final long SEED = Seed.next();

  /** Snapshot 1, then 2 of other rows; the backup of rows 1 that follows sees only the first. */
  private record Stage(ClockedStore store, ClockedStore backups, SnapshotId second) {
    static Stage set(boolean stale) {
      ClockedStore store = new ClockedStore();
      var _ = Repositories.init(store, InitOptions.unsealed());
      backup(store, 1);
      SnapshotId second = backup(store, 2);
      store.pass(DAY);
      ClockedStore backups = store.view();
      if (stale) {
        backups.hidden = key -> key.contains(second.value());
      }
      return new Stage(store, backups, second);
    }

    /** Two prunes with a day between: whatever is to go is gone. */
    void pruneAll(Duration grace) {
      var _ = prune(store.view(), store.clock(), grace);
      store.pass(DAY);
      var _ = prune(store.view(), store.clock(), grace);
    }

    /** The id where it was committed; empty where it was refused cleanly. */
    Optional<SnapshotId> commit(SnapshotWriter writer) {
      try {
        return Optional.of(writer.commit(sample(1).contents()).id());
      } catch (FoldbackException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.OBJECTS_CONDEMNED);
        assertThat(e).hasMessageContaining("not committed");
        return Optional.empty();
      }
    }

    void assertGood(Optional<SnapshotId> committed, String as) {
      for (int i = 0; i < 3; i++) {
        assertWhole(store, store.clock(), as);
        committed.ifPresent(id -> assertRestores(store, store.clock(), id, 1));
        // Those that come later do no harm either, and a backup can be taken.
        pruneAll(DAY);
      }
      SnapshotId again = backup(store, 1);
      pruneAll(DAY);
      assertRestores(store, store.clock(), again, 1);
      assertWhole(store, store.clock(), as);
    }
  }

  private static int calls(Duration grace, boolean stale) {
    Stage stage = Stage.set(stale);
    AtomicInteger calls = new AtomicInteger();
    stage.backups.before = call -> calls.incrementAndGet();
    try (SnapshotWriter writer = begin(stage)) {
      sample(1).write(writer);
      stage.commit(writer);
    }
    stage.pruneAll(grace);
    return calls.get();
  }

  private static SnapshotWriter begin(Stage stage) {
    return open(stage.backups, stage.store.clock())
        .begin(Sample.SOURCE, Sample.SERVER, Sample.OPTIONS);
  }

  @Test
  void aWholePruneAtAnyCallOfABackupLosesNothing() {
    for (Duration grace : List.of(DAY, Duration.ZERO)) {
      for (boolean stale : new boolean[] {true, false}) {
        int refused = 0;
        int calls = calls(grace, stale);
        for (int at = 1; at <= calls; at++) {
          Stage stage = Stage.set(stale);
          AtomicInteger call = new AtomicInteger();
          int when = at;
          stage.backups.before =
              what -> {
                if (call.incrementAndGet() == when) {
                  synchronized (stage) {
                    stage.pruneAll(grace);
                  }
                }
              };
          Optional<SnapshotId> id = Optional.empty();
          try (SnapshotWriter writer = begin(stage)) {
            sample(1).write(writer);
            id = stage.commit(writer);
          }
          refused += id.isEmpty() ? 1 : 0;
          stage.assertGood(id, "grace " + grace + " stale " + stale + " call " + at);
        }
        assertThat(refused).as("backups go on mostly").isLessThan(calls);
        assertThat(refused > 0 || !stale).as("the race is met at all").isTrue();
      }
    }
  }

  @Test
  void theCommitAtAnyCallOfTheDecisivePruneLosesNothing() {
    for (boolean stale : new boolean[] {true, false}) {
      int committed = 0;
      int at = 0;
      AtomicInteger calls = new AtomicInteger();
      do {
        at++;
        calls.set(0);
        Stage stage = Stage.set(stale);
        try (SnapshotWriter writer = begin(stage)) {
          sample(1).write(writer);
          // Condemned while the backup is under way; carried out a day later, beside the commit.
          var _ = prune(stage.store.view(), stage.store.clock(), DAY);
          stage.store.pass(DAY);
          ClockedStore prunes = stage.store.view();
          int when = at;
          List<Optional<SnapshotId>> ids = new ArrayList<>();
          prunes.before =
              what -> {
                if (calls.incrementAndGet() == when) {
                  ids.add(stage.commit(writer));
                }
              };
          var _ = prune(prunes, stage.store.clock(), DAY);
          Optional<SnapshotId> id = ids.isEmpty() ? stage.commit(writer) : ids.getFirst();
          committed += id.isPresent() ? 1 : 0;
          writer.close();
          stage.assertGood(id, "stale " + stale + " call " + at);
        }
      } while (at < calls.get());
      assertThat(committed).isPositive();
    }
  }

  @Test
  void onListingsThatLagAnyOrderOfBackupsAndPrunesLosesNothing() {
    for (int round = 0; round < 60; round++) {
      new Lagging(SEED + round).play();
    }
  }

  /** Three sources whose runs stay open for a while, prunes, and time that passes. */
  private static final class Lagging {
    private final Random random;
    private final ClockedStore store = new ClockedStore();
    private final EventuallyConsistentStore lagging;
    private final Map<SourceName, SnapshotWriter> open = new HashMap<>();
    private final Map<SourceName, Integer> rows = new HashMap<>();
    private final String seed;
    private Duration unsettled = Duration.ZERO;

    Lagging(long seed) {
      this.seed = "seed " + seed;
      random = new Random(seed);
      lagging = new EventuallyConsistentStore(store, 200, false, seed);
      var _ = Repositories.init(lagging, InitOptions.unsealed());
    }

    void play() {
      for (int step = 0; step < 60; step++) {
        SourceName source = new SourceName("s" + random.nextInt(3));
        switch (random.nextInt(6)) {
          case 0, 1 -> begin(source);
          case 2, 3 -> commit(source);
          case 4 -> pass();
          default -> prune();
        }
      }
      List.copyOf(open.keySet()).forEach(this::commit);
      lagging.settle();
      assertWhole(store, store.clock(), seed);
    }

    private void begin(SourceName source) {
      if (!open.containsKey(source)) {
        int number = 1 + random.nextInt(3);
        SnapshotWriter writer =
            open(lagging, store.clock()).begin(source, Sample.SERVER, Sample.OPTIONS);
        sample(number).write(writer);
        open.put(source, writer);
        rows.put(source, number);
      }
    }

    private void commit(SourceName source) {
      SnapshotWriter writer = open.remove(source);
      Integer number = rows.remove(source);
      if (writer == null || number == null) {
        return;
      }
      try (writer) {
        SnapshotId id = writer.commit(sample(number).contents()).id();
        assertRestores(store, store.clock(), id, number);
      } catch (FoldbackException e) {
        assertThat(e.code()).as(seed).isEqualTo(ErrorCode.OBJECTS_CONDEMNED);
      }
    }

    private void pass() {
      pass(Duration.ofMinutes(1 + random.nextInt(random.nextBoolean() ? 50 : 40 * 60)));
    }

    /** No listing lags longer than the hour that the format allows. */
    private void pass(Duration time) {
      store.pass(time);
      unsettled = unsettled.plus(time);
      if (unsettled.compareTo(Duration.ofHours(1)) >= 0) {
        lagging.settle();
        unsettled = Duration.ZERO;
      }
    }

    private void prune() {
      try {
        var _ = PruneFixture.prune(lagging, store.clock(), DAY);
      } catch (FoldbackException e) {
        // A listing that lags may show a lease of an earlier prune.
        assertThat(e.code()).as(seed).isIn(ErrorCode.LEASE_HELD, ErrorCode.LEASE_LOST);
      }
      pass(Duration.ofMinutes(1));
    }
  }
}
