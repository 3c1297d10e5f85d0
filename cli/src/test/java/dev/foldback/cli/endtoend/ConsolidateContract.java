package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.cli.moment.Workload;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.consolidate.ConsolidateResult;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.Scope;
import dev.foldback.testkit.server.ServerComparator;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots made of snapshot and log, judged by what the server itself holds. */
abstract class ConsolidateContract {
  private static final int KILLS = 4;

  private final long seed = Seed.next();
  private final Random random = new Random(seed);
  private TestServer source;
  private TestServer target;
  private Rig rig;
  private Workload work;

  abstract ServerKind kind();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    source = TestServers.fresh(kind(), ServerOptions.quick().with("--binlog-format=ROW"));
    target = TestServers.fresh(kind());
    rig = Rig.init(folder);
    Shop.fill(source, 2000);
    source.execute(Workload.schema(kind().mariaDb()).toArray(new String[0]));
    work = new Workload(seed, kind().mariaDb(), false);
    run(200);
    rig.backup(source.endpoint());
  }

  @AfterEach
  void stop() {
    source.close();
    target.close();
  }

  @Test
  void itHoldsWhatTheServerHeldAndIsTheBaseOfLaterMoments() throws Exception {
    SnapshotManifest first = newest();
    run(300);
    capture();
    Cut before = end();

    run(200);
    capture();
    ConsolidateResult done = rig.consolidate(Optional.empty());
    assertThat(done.changes()).isPositive();
    // The shop's tables had no change.
    assertThat(done.carried()).isGreaterThanOrEqualTo(5);
    assertThat(done.transfer().reusedFrames()).isPositive();
    assertThat(rig.verify(false).good()).isTrue();
    SnapshotManifest second = newest();
    assertThat(second.id()).isNotEqualTo(first.id());

    assertThat(rig.restore(target.endpoint()).snapshot()).isEqualTo(second.id());
    same();

    run(200);
    source.execute("UPDATE shop.customer SET name='late' WHERE id = 5");
    capture();
    assertThat(rig.restore(emptied().endpoint()).snapshot()).isEqualTo(second.id());
    same();

    // A second round, of tables that were folded before; the log holds the ALTER of the judge.
    rig.consolidate(Optional.of(target.endpoint()));
    assertThat(rig.restore(emptied().endpoint()).snapshot()).isEqualTo(newest().id());
    same();

    // A moment before is reached from the first one.
    assertThat(
            rig.restore(
                    emptied().endpoint(),
                    before,
                    Selection.ALL,
                    Renames.NONE,
                    LoadRequest.Existing.REFUSE,
                    Progress.NONE)
                .snapshot())
        .isEqualTo(first.id());
  }

  @Test
  void anEarlierMomentIsHeldExactlyAndIsNoBaseOfThoseBeforeIt() throws Exception {
    SnapshotManifest first = newest();
    run(150);
    capture();
    Cut earlier = end();
    run(150);
    capture();
    try (TestServer witness = TestServers.fresh(kind())) {
      rig.restore(witness.endpoint());
      same(source, witness);
      String inside = newestGtid();
      // Commits may be told apart by whole seconds alone.
      Thread.sleep(1100);
      Instant time = Instant.parse(source.texts(NOW).getFirst());
      Thread.sleep(1100);
      String outside = inside;
      for (int i = 0; i < 100 && outside.equals(inside); i++) {
        // A transaction that changes nothing is not in the log.
        run(1);
        outside = newestGtid();
      }
      assertThat(outside).isNotEqualTo(inside);
      run(100);
      capture();
      Optional<Endpoint> scratch = Optional.of(witness.endpoint());

      SnapshotManifest second = rig.consolidate(new Cut.At(time), scratch).manifest().orElseThrow();
      assertThat(second.started()).isEqualTo(time);
      assertThat(second.origin().orElseThrow().reason()).contains(time.toString());
      assertThat(holds(second, inside)).as("%s in %s", inside, second.position()).isTrue();
      assertThat(holds(second, outside)).as("%s in %s", outside, second.position()).isFalse();
      rig.restoreAlone(emptied().endpoint(), second.id());
      same(witness, target);

      // Moments at and after it are reached from it, those before it are not.
      assertThat(restore(new Cut.At(time))).isEqualTo(second.id());
      same(witness, target);
      assertThat(restore(new Cut.Through(inside))).isEqualTo(first.id());
      same(witness, target);
      assertThat(restore(new Cut.Before(outside))).isEqualTo(second.id());
      same(witness, target);
      assertThat(restore(new Cut.At(time.minusSeconds(1)))).isEqualTo(first.id());
      assertThat(restore(earlier)).isEqualTo(first.id());
      assertThat(restore(new Cut.Through(outside))).isEqualTo(second.id());

      // It is gone on with, and the newest by its id is the newest by its place.
      assertThatThrownBy(() -> rig.consolidate(earlier, scratch))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
          .hasMessageContaining(second.id().value());
      SnapshotManifest third =
          rig.consolidate(new Cut.Through(outside), scratch).manifest().orElseThrow();
      assertThat(holds(third, outside)).isTrue();
      SnapshotManifest last = rig.consolidate(scratch).manifest().orElseThrow();
      assertThat(restore(new Cut.End())).isEqualTo(last.id());
      same();
      assertThat(rig.verify(false).good()).isTrue();
    }
  }

  private static final String NOW = "SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ')";

  private String newestGtid() throws Exception {
    String set =
        source
            .texts(kind().mariaDb() ? "SELECT @@gtid_binlog_pos" : "SELECT @@global.gtid_executed")
            .getFirst();
    return kind().mariaDb() ? set : set.replaceFirst(":.*-", ":");
  }

  private static boolean holds(SnapshotManifest snapshot, String gtid) {
    Position.Binlog place = (Position.Binlog) snapshot.position();
    return new MySqlEngine().includes(place.gtids(), gtid);
  }

  /** Which snapshot it came from. */
  private SnapshotId restore(Cut cut) throws Exception {
    return rig.restore(
            emptied().endpoint(),
            cut,
            Selection.ALL,
            Renames.NONE,
            LoadRequest.Existing.REFUSE,
            Progress.NONE)
        .snapshot();
  }

  @Test
  void whereThereIsNothingNewNothingIsWritten() throws Exception {
    capture();
    assertThat(rig.consolidate(Optional.empty()).manifest()).isEmpty();
    assertThat(rig.consolidate(end(), Optional.empty()).manifest()).isEmpty();
    assertThat(rig.listing().entries()).hasSize(1);
  }

  @Test
  void statementsTakeAServer() throws Exception {
    run(50);
    source.execute(
        "ALTER TABLE w.parts ADD COLUMN extra int DEFAULT 7",
        "CREATE TABLE w.late AS SELECT 1 AS one",
        "DROP TABLE shop.visit");
    run(50);
    capture();
    assertThatThrownBy(() -> rig.consolidate(Optional.empty()))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_NOT_FOLDABLE))
        .hasMessageContaining("3 statements");
    assertThat(rig.listing().entries()).hasSize(1);

    rig.consolidate(Optional.of(target.endpoint()));
    assertThat(rig.restore(target.endpoint()).snapshot()).isEqualTo(newest().id());
    same();
  }

  @Test
  void killedAtAnyMomentItLeavesWhatWasThere() throws Exception {
    run(300);
    source.execute("UPDATE shop.item SET price = price + 1");
    capture();
    for (int i = 0; i < KILLS; i++) {
      Process process = ChildProcess.start("consolidate", rig, source);
      if (!ChildProcess.killAfter(process, 200 + random.nextInt(1800))) {
        break;
      }
      assertThat(rig.verify(false).findings())
          .as("seed %d", seed)
          .noneMatch(f -> f.severity() == Finding.Severity.ERROR);
    }
    if (rig.listing().entries().size() == 1) {
      rig.consolidate(Optional.empty());
    }
    assertThat(rig.listing().entries()).as("seed %d", seed).hasSize(2);
    rig.restore(target.endpoint());
    same();
  }

  private void same() throws Exception {
    same(source, target);
  }

  private void same(TestServer wanted, TestServer found) throws Exception {
    for (TestServer one : List.of(wanted, found)) {
      one.execute("ALTER TABLE w.ints AUTO_INCREMENT=300000");
    }
    assertThat(ServerComparator.compare(wanted, found, Scope.EVERYTHING))
        .as("seed %d", seed)
        .isEmpty();
  }

  private TestServer emptied() throws Exception {
    target.execute("DROP DATABASE IF EXISTS w", "DROP DATABASE IF EXISTS shop");
    return target;
  }

  private void run(int transactions) throws Exception {
    try (Connection connection = source.connect()) {
      work.run(connection, transactions);
    }
  }

  private void capture() {
    rig.capture(source.endpoint(), true, false, Progress.NONE);
  }

  private Cut end() {
    return new Cut.Place(LogOrder.place((Position.Binlog) rig.log().segments().getLast().to()));
  }

  private SnapshotManifest newest() {
    return rig.listing().entries().getLast().manifest();
  }
}
