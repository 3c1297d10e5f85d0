package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.testkit.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
  private static final TableName BIG = new TableName("shop", "big");

  @TempDir private Path folder;
  private final TestStore store = new TestStore();
  private final long seed = Seed.next();
  private final Random random = new Random(seed);
  private Path keyFile = Path.of("unset");

  @BeforeEach
  void init() {
    System.out.println("seed " + seed);
    keyFile = folder.resolve("key.txt");
    var _ = Repositories.init(store, InitOptions.sealed(keyFile));
  }

  private Repository open() {
    return open(store);
  }

  private Repository open(TestStore where) {
    return Repositories.open(where, Optional.of(RecoveryKey.read(keyFile)), Clock.systemUTC());
  }

  private Repository openWithoutKey() {
    return Repositories.open(store, Optional.empty(), Clock.systemUTC());
  }

  private Sample sample() {
    return new Sample()
        .random(random, "big", 60_000, 300)
        .random(random, "small", 3, 10)
        .random(random, "empty", 0, 1);
  }

  private static void assertSame(Repository repository, SnapshotId id, Sample sample)
      throws IOException {
    try (SnapshotReader reader = repository.open(id)) {
      for (TableName table : sample.tables.keySet()) {
        byte[] expected = sample.bytes(table);
        try (InputStream in = reader.rows(table).open()) {
          assertThat(in.readAllBytes()).as("%s", table).isEqualTo(expected);
        }
        assertThat(reader.rows(table).bytes()).isEqualTo(expected.length);
        assertThat(reader.summary(table).rows()).isEqualTo(sample.rows(table).size());
      }
    }
  }

  private static VerifyReport verify(Repository repository, boolean quick) {
    return repository.verify(new VerifyRequest(Optional.empty(), quick, 2), Progress.NONE);
  }

  @Test
  void rowsComeBackAsTheyWentIn() throws IOException {
    Sample sample = sample();
    try (Repository repository = open()) {
      Sample.Result result = sample.backup(repository);
      assertSame(repository, result.manifest().id(), sample);
      try (SnapshotReader reader = repository.open(result.manifest().id())) {
        assertThat(reader.manifest()).isEqualTo(result.manifest());
        assertThat(reader.objects()).isEqualTo(sample.contents().objects());
        assertThat(reader.tables()).isEqualTo(sample.contents().tables());
        long rows =
            Sample.slices(BIG).stream()
                .flatMap(slice -> reader.frames(BIG, slice).stream())
                .mapToLong(frame -> frame.rows())
                .sum();
        assertThat(rows).isEqualTo(60_000);
      }
      assertThat(store.keys("pending/")).isEmpty();
      assertThat(verify(repository, false).good()).isTrue();
      assertThat(verify(repository, false).kind()).isEqualTo("rows");
    }
  }

  @Test
  void anUnchangedDatabaseSendsNoRowsAgain() throws IOException {
    Sample sample = sample();
    try (Repository repository = open()) {
      var _ = sample.backup(repository);
      int objects = store.keys("objects/").size();
      Sample.Result second = sample.backup(repository);
      assertThat(second.transfer().sentFrames()).isZero();
      // The index alone: rows and catalogue are used again.
      assertThat(store.keys("objects/").size() - objects).isLessThanOrEqualTo(1);
      assertSame(repository, second.manifest().id(), sample);
    }
  }

  @Test
  void snapshotsOfTheSameSecondStandInTheirOrder() throws IOException {
    Sample sample = new Sample().random(random, "small", 3, 9);
    try (Repository repository = open()) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ids.add(sample.backup(repository).manifest().id().value());
      }
      assertThat(ids).isSorted().doesNotHaveDuplicates();
      assertThat(repository.snapshots().entries().getLast().manifest().id().value())
          .isEqualTo(ids.getLast());
    }
  }

  @Test
  void aChangedRowSendsOnlyFramesNearIt() throws IOException {
    Sample sample = new Sample().random(random, "big", 300_000, 300);
    try (Repository repository = open()) {
      long frames = sample.backup(repository).transfer().sentFrames();
      assertThat(frames).isGreaterThan(4);
      sample.rows(BIG).set(150_000, Sample.row(random, -1, 20));
      Sample.Result second = sample.backup(repository);
      assertThat(second.transfer().sentFrames()).isBetween(1L, 2L);
      assertSame(repository, second.manifest().id(), sample);
    }
  }

  @Test
  void aRunThatDiesAnywhereLeavesAValidRepositoryAndIsTakenUp() throws IOException {
    Sample sample = new Sample().random(random, "big", 20_000, 300).random(random, "small", 3, 9);
    TestStore probe = store.reopened();
    var _ = sample.backup(open(probe));
    int total = probe.calls.get();
    for (int k = 2; k < total; k++) {
      TestStore dying = store.reopened();
      dying.diesHavingWritten = k % 2 == 0;
      try (Repository repository = open(dying)) {
        dying.diesAfter = k;
        try {
          sample.backup(repository);
        } catch (FoldbackException e) {
          assertThat(e.code().code()).as("at call %d", k).startsWith("FB-3");
        }
      }
      TestStore after = dying.reopened();
      boolean noted = !after.keys("pending/").isEmpty() && after.keys("snapshots/").isEmpty();
      try (Repository repository = open(after)) {
        assertThat(verify(repository, false).good()).as("after call %d", k).isTrue();
        Sample.Result again = sample.backup(repository);
        if (noted) {
          assertThat(again.transfer().reusedFrames()).as("after call %d", k).isPositive();
        }
        assertSame(repository, again.manifest().id(), sample);
        assertThat(after.keys("pending/")).isEmpty();
      }
    }
  }

  @Test
  void aSecondBackupOfTheSameSourceIsRefused() {
    Sample sample = sample();
    try (Repository repository = open();
        SnapshotWriter first = repository.begin(Sample.SOURCE, Sample.SERVER, Sample.OPTIONS)) {
      assertThat(first.id().value()).isNotEmpty();
      assertThatThrownBy(() -> sample.backup(openWithoutKey()))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD))
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void withoutTheKeyBackupsAreTakenAndBytesVerifiedButNoRowsRead() {
    try (Repository repository = openWithoutKey()) {
      Sample.Result result = sample().backup(repository);
      VerifyReport report = verify(repository, false);
      assertThat(report.good()).isTrue();
      assertThat(report.kind()).isEqualTo("bytes");
      assertThat(repository.tables(result.manifest().id())).hasSize(3);
      assertThatThrownBy(() -> repository.open(result.manifest().id()))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_NEEDED));
    }
  }

  @Test
  void aWrongKeyIsToldWhichOneIsNeeded() {
    Sample.Result result = sample().backup(open());
    Path other = folder.resolve("other.txt");
    var _ = Repositories.init(new TestStore(), InitOptions.sealed(other));
    Repository repository =
        Repositories.open(store, Optional.of(RecoveryKey.read(other)), Clock.systemUTC());
    assertThat(repository.info().canOpen()).isFalse();
    assertThatThrownBy(() -> repository.open(result.manifest().id()))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_KEY))
        .hasMessageContaining(repository.info().recipients().getFirst());
  }

  @Test
  void theKeyFileIsItsOwnersAloneAndNeverOverwritten() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
        .isEqualTo("rw-------");
    assertThat(RecoveryKey.read(keyFile).findings()).isEmpty();
    byte[] before = Files.readAllBytes(keyFile);
    assertThatThrownBy(() -> Repositories.init(new TestStore(), InitOptions.sealed(keyFile)))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_FILE_EXISTS));
    assertThat(Files.readAllBytes(keyFile)).isEqualTo(before);
  }

  @Test
  void aRepositoryIsNotMadeOverAnother() {
    assertThatThrownBy(() -> Repositories.init(store, InitOptions.unsealed()))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_EXISTS));
  }

  @Test
  void aMissingObjectIsSentAgainAndSaid() throws IOException {
    Sample sample = sample();
    try (Repository repository = open()) {
      var _ = sample.backup(repository);
      store.keys("pending/").forEach(store.files::remove);
      String largest =
          store.keys("objects/").stream()
              .max((a, b) -> store.bytes(a).length - store.bytes(b).length)
              .orElseThrow();
      store.files.remove(largest);
      Sample.Result second = sample.backup(repository);
      assertThat(second.transfer().sentFrames()).isPositive();
      assertThat(second.manifest().findings()).hasSize(1);
      assertSame(repository, second.manifest().id(), sample);
    }
  }

  @Test
  void proofsAreListedNewestFirst() {
    try (Repository repository = open()) {
      SnapshotId id = sample().backup(repository).manifest().id();
      Proof old = new Proof(Instant.parse("2026-01-01T00:00:00Z"), "bytes", false, "x");
      Proof newer = new Proof(Instant.parse("2026-01-02T00:00:00Z"), "rows", true, "y");
      repository.record(id, newer);
      repository.record(id, old);
      assertThat(repository.snapshots().entries().getFirst().proof()).contains(newer);
      assertThat(repository.snapshots().damaged()).isEmpty();
    }
  }

  @Test
  void aLaterWeakerOrFailedCheckDoesNotHideTheStrongestProof() {
    try (Repository repository = open()) {
      SnapshotId id = sample().backup(repository).manifest().id();
      Instant start = Instant.parse("2026-01-01T00:00:00Z");
      assertThat(repository.snapshots().entries().getFirst().strongest()).isEmpty();
      Proof rows = new Proof(start, "rows", true, "");
      Proof restored = new Proof(start.plusSeconds(1), "restore", true, "");
      Proof again = new Proof(start.plusSeconds(2), "restore", true, "again");
      Proof failed = new Proof(start.plusSeconds(3), "restore", false, "differs");
      Proof bytes = new Proof(start.plusSeconds(4), "bytes", true, "");
      for (Proof proof : List.of(rows, again, restored, failed, bytes)) {
        repository.record(id, proof);
      }
      assertThat(repository.snapshots().entries().getFirst().proof()).contains(bytes);
      assertThat(repository.snapshots().entries().getFirst().strongest()).contains(again);
      store.keys("proofs/").stream()
          .filter(key -> !key.contains("-bytes") && key.contains("-re"))
          .forEach(key -> store.flip(key, 9));
      assertThat(repository.snapshots().entries().getFirst().strongest()).isEmpty();
    }
  }

  @Test
  void aListingThatLagsHidesNothingThatIsNeeded() throws IOException {
    Sample sample = sample();
    try (Repository repository = open()) {
      store.hidden = key -> key.startsWith("objects/") || key.startsWith("snapshots/");
      Sample.Result result = sample.backup(repository);
      assertThat(verify(repository, true).good()).isTrue();
      assertSame(repository, result.manifest().id(), sample);
    }
  }

  @Test
  void everyFlippedByteIsFoundAndSaysWhatItTouches() {
    SnapshotId id = sample().backup(open()).manifest().id();
    for (String key : store.keys("")) {
      // Leases and claims are no part of a snapshot; see PruneTest for claims.
      if (key.startsWith("leases/") || key.startsWith(Keys.CLAIMS)) {
        continue;
      }
      int size = store.bytes(key).length;
      for (int at : List.of(0, size / 2, size - 1)) {
        TestStore damaged = store.reopened();
        damaged.flip(key, at);
        String where = key + " at " + at;
        if (key.equals(Keys.REPOSITORY)) {
          assertThatThrownBy(() -> open(damaged))
              .isInstanceOfSatisfying(
                  FoldbackException.class,
                  e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_DAMAGED));
        } else {
          VerifyReport report = verify(open(damaged), false);
          assertThat(report.good()).as(where).isFalse();
          assertThat(report.findings().toString()).as(where).contains(id.value());
        }
      }
    }
  }

  @Test
  void aMissingObjectNamesTableAndSnapshot() {
    SnapshotId id = sample().backup(open()).manifest().id();
    for (String key : store.keys("objects/")) {
      TestStore damaged = store.reopened();
      damaged.files.remove(key);
      VerifyReport report = verify(open(damaged), true);
      assertThat(report.good()).as(key).isFalse();
      assertThat(report.snapshots().getFirst().good()).as(key).isFalse();
      assertThat(report.findings().toString()).as(key).contains(id.value());
    }
  }
}
