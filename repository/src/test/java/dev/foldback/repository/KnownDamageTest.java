package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.repository.WriterOptions;
import dev.foldback.core.verify.Verify;
import dev.foldback.testkit.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage ends with the snapshots that it struck: later ones do not carry it on. */
class KnownDamageTest {
  private static final long SEED = Seed.next();
  private static final WriterOptions FULL = new WriterOptions(2, 1, false);

  @TempDir private Path folder;

  /** Goes on by a second at each look: snapshots sort by it. */
  private final Clock clock =
      new Clock() {
        private final AtomicLong seconds = new AtomicLong(1_700_000_000);

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return Instant.ofEpochSecond(seconds.incrementAndGet());
        }
      };

  private final Sample sample =
      new Sample().random(new Random(SEED), "big", 9_000, 300).random(new Random(2), "small", 3, 9);

  private TestStore backedUp(boolean sealed) {
    TestStore store = new TestStore();
    Path key = folder.resolve("key");
    var _ = Repositories.init(store, sealed ? InitOptions.sealed(key) : InitOptions.unsealed());
    sample.backup(open(store, sealed));
    return store;
  }

  private Repository open(TestStore store, boolean sealed) {
    Optional<RecoveryKey> key =
        sealed ? Optional.of(RecoveryKey.read(folder.resolve("key"))) : Optional.empty();
    return Repositories.open(store, key, clock);
  }

  private VerifyReport verify(Repository repository, Optional<SnapshotId> id) {
    return new Verify(repository, clock).run(new VerifyRequest(id, false, 2), Progress.NONE);
  }

  private void assertWhole(Repository repository, SnapshotId id, String where) throws IOException {
    try (SnapshotReader reader = repository.open(id)) {
      for (TableName table : sample.tables.keySet()) {
        try (InputStream in = reader.rows(table).open()) {
          assertThat(in.readAllBytes())
              .as("seed %d %s", SEED, where)
              .isEqualTo(sample.bytes(table));
        }
      }
    }
    assertThat(verify(repository, Optional.of(id)).good()).as(where).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBackupAfterAFailedCheckHoldsAnewWhatIsDamaged(boolean sealed) throws IOException {
    TestStore whole = backedUp(sealed);
    for (String key : whole.keys("objects/")) {
      TestStore store = whole.reopened();
      store.flip(key, store.bytes(key).length / 2);
      Repository repository = open(store, sealed);
      VerifyReport report = verify(repository, Optional.empty());
      assertThat(report.good()).as(key).isFalse();
      String object = key.substring(key.lastIndexOf('/') + 1);
      assertThat(report.snapshots().getFirst().damagedObjects()).as(key).containsExactly(object);

      Sample.Result next = sample.backup(repository);

      assertWhole(repository, next.manifest().id(), key);
      assertThat(next.manifest().findings())
          .as(key)
          .anyMatch(f -> f.code().equals(ErrorCode.OBJECT_DAMAGED.code()));
      if (!sealed) {
        // The same bytes have the same name: the earlier snapshot is mended with it.
        assertThat(verify(repository, Optional.empty()).good()).as(key).isTrue();
        assertThat(sample.backup(repository).manifest().findings()).as(key).isEmpty();
      }
      assertThat(sample.backup(repository).transfer().sentFrames()).as(key).isZero();
    }
  }

  @Test
  void aFullBackupReadsWhatItDoesNotSendAndMendsIt() throws IOException {
    TestStore whole = backedUp(false);
    for (String key : whole.keys("objects/")) {
      TestStore store = whole.reopened();
      store.flip(key, store.bytes(key).length - 1);
      Repository repository = open(store, false);

      Sample.Result next = sample.backup(repository, FULL);

      assertWhole(repository, next.manifest().id(), key);
      assertThat(next.manifest().findings())
          .extracting(Finding::message)
          .as(key)
          .containsExactly("1 objects in the store were damaged and hold their own bytes again");
      assertThat(verify(repository, Optional.empty()).good()).as(key).isTrue();
      assertThat(sample.backup(repository, FULL).manifest().findings()).as(key).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDamagedIndexOrAnObjectCutShortNeedsNoCheckBefore(boolean sealed) throws IOException {
    TestStore whole = backedUp(sealed);
    String index =
        Keys.object(
            ManifestCodec.read(
                    whole.bytes(whole.keys("snapshots/").getFirst()),
                    Sample.SOURCE,
                    open(whole, sealed).snapshots().entries().getFirst().manifest().id())
                .index()
                .getFirst()
                .object());
    for (String key : whole.keys("objects/")) {
      TestStore store = whole.reopened();
      if (key.equals(index)) {
        store.flip(key, 20);
      } else {
        byte[] bytes = store.bytes(key);
        store.files.put(key, Arrays.copyOf(bytes, bytes.length / 2));
      }
      Repository repository = open(store, sealed);

      Sample.Result next = sample.backup(repository);

      assertWhole(repository, next.manifest().id(), key);
      assertThat(next.manifest().findings()).as(key).isNotEmpty();
    }
  }

  @Test
  void aLaterGoodProofTakesTheWordOfAFailedOneAway() {
    TestStore store = backedUp(false);
    SnapshotId id = open(store, false).snapshots().entries().getFirst().manifest().id();
    ProofFiles proofs = new ProofFiles(store);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    List<String> names = List.of("ab".repeat(32));
    Proof failed = new Proof(start, "bytes", false, "damaged", names);
    proofs.write(Sample.SOURCE, id, failed);
    assertThat(open(store, false).snapshots().entries().getFirst().proof()).contains(failed);
    assertThat(proofs.damagedObjects()).containsExactlyElementsOf(names);

    proofs.write(
        Sample.SOURCE, id, new Proof(start.plus(Duration.ofDays(1)), "presence", true, ""));
    assertThat(proofs.damagedObjects()).containsExactlyElementsOf(names);

    proofs.write(Sample.SOURCE, id, new Proof(start.plus(Duration.ofDays(2)), "bytes", true, ""));
    assertThat(proofs.damagedObjects()).isEmpty();
  }

  @Test
  void verifyDoesNotSendItsReaderToVerify() {
    TestStore store = backedUp(false);
    store.keys("objects/").forEach(key -> store.flip(key, 9));
    VerifyReport report = verify(open(store, false), Optional.empty());
    assertThat(report.findings())
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f.hint()).contains("Take a backup").doesNotContain("verify"));
  }
}
