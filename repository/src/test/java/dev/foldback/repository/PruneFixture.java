package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.Prune;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.PrunePlan;
import dev.foldback.core.prune.RetentionPolicy;
import dev.foldback.core.prune.Swept;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Backups whose rows have nothing in common, and prunes of them. */
final class PruneFixture {
  static final Duration DAY = Duration.ofHours(24);
  static final RetentionPolicy LAST_ONE = new RetentionPolicy(1, 0, 0, 0, 0, Optional.empty());

  private PruneFixture() {}

  /** The same number gives the same tables and rows. */
  static Sample sample(int number) {
    return new Sample()
        .random(new Random(number), "big", 400, 90)
        .random(new Random(number + 1000), "small" + number, 3, 9);
  }

  static Repository open(ObjectStore store, Clock clock) {
    return Repositories.open(store, Optional.empty(), clock);
  }

  /** Backs up and lets a minute pass. */
  static SnapshotId backup(ClockedStore store, int number) {
    SnapshotId id = sample(number).backup(open(store, store.clock())).manifest().id();
    store.pass(Duration.ofMinutes(1));
    return id;
  }

  static Swept prune(ClockedStore store) {
    return prune(store, store.clock(), DAY).orElseThrow();
  }

  static Optional<Swept> prune(ObjectStore store, Clock clock, Duration grace) {
    return prune(store, clock, new PruneOptions(grace, false), new ArrayList<>());
  }

  static Optional<Swept> prune(
      ObjectStore store, Clock clock, PruneOptions options, List<PrunePlan> plans) {
    try (Repository repository = open(store, clock)) {
      return new Prune(repository, clock)
          .run(LAST_ONE, Optional.empty(), options, plans::add, Progress.NONE);
    }
  }

  static void assertWhole(ObjectStore store, Clock clock, String as) {
    VerifyReport report =
        open(store, clock).verify(new VerifyRequest(Optional.empty(), false, 2), Progress.NONE);
    assertThat(report.findings().stream().filter(f -> !f.code().equals("UNREFERENCED")))
        .as(as)
        .isEmpty();
  }

  static void assertRestores(ObjectStore store, Clock clock, SnapshotId id, int number) {
    Sample sample = sample(number);
    try (SnapshotReader reader = open(store, clock).open(id)) {
      for (TableName table : sample.tables.keySet()) {
        try (InputStream in = reader.rows(table).open()) {
          assertThat(in.readAllBytes()).isEqualTo(sample.bytes(table));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<SnapshotId> ids(ObjectStore store, Clock clock) {
    return open(store, clock).snapshots().entries().stream().map(e -> e.manifest().id()).toList();
  }
}
