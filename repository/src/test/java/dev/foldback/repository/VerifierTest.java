package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What damage touches is named, and what it does not touch is not. */
class VerifierTest {
  private final TestStore store = new TestStore();

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** Each at a second of its own: snapshots sort by it. */
  private Repository open() {
    now = now.plusSeconds(1);
    return Repositories.open(store, Optional.empty(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static VerifyReport verify(Repository repository, boolean quick) {
    return repository.verify(new VerifyRequest(Optional.empty(), quick, 2), Progress.NONE);
  }

  /** The object that only the rows of this table are in. */
  private String rowObject(SnapshotId id, String table) {
    StoredManifest manifest =
        ManifestCodec.read(store.bytes(Keys.manifest(Sample.SOURCE, id)), Sample.SOURCE, id);
    SnapshotIndex index = SnapshotIndex.load(store, manifest);
    return index.frames(new dev.foldback.core.TableName("shop", table)).object(0);
  }

  @Test
  void everyTableAndSnapshotOfADamagedObjectIsNamedAndNoOther() {
    var _ = Repositories.init(store, InitOptions.unsealed());
    // Each backup begins an object of its own for the table that is new or changed in it.
    Sample sample = new Sample().random(new Random(1), "first", 50, 20);
    SnapshotId innocent = sample.backup(open()).manifest().id();
    sample.tables.clear();
    sample.random(new Random(2), "struck", 60, 20).random(new Random(3), "beside", 70, 20);
    SnapshotId one = sample.backup(open()).manifest().id();
    sample.random(new Random(4), "spared", 80, 20);
    SnapshotId two = sample.backup(open()).manifest().id();
    String object = rowObject(one, "struck");
    assertThat(rowObject(two, "struck")).isEqualTo(object);
    assertThat(rowObject(two, "spared")).isNotEqualTo(object);

    store.flip(Keys.object(object), store.bytes(Keys.object(object)).length / 2);
    VerifyReport report = verify(open(), false);

    assertThat(report.snapshots())
        .extracting(VerifyReport.Verdict::id, VerifyReport.Verdict::good, v -> v.damagedTables())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(innocent, true, List.of()),
            org.assertj.core.groups.Tuple.tuple(one, false, List.of("shop.beside", "shop.struck")),
            org.assertj.core.groups.Tuple.tuple(two, false, List.of("shop.beside", "shop.struck")));
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.message())
                    .contains("shop.beside", "shop.struck", one.value(), two.value())
                    .doesNotContain(innocent.value(), "shop.spared", "shop.first"));
  }

  @Test
  void aQuickLookNeedsNoKeyAndAsksForNone(@TempDir Path folder) {
    Path key = folder.resolve("key");
    Path other = folder.resolve("other");
    var _ = Repositories.init(store, InitOptions.sealed(key));
    var _ = Repositories.init(new TestStore(), InitOptions.sealed(other));
    new Sample().random(new Random(1), "t", 50, 20).backup(open());
    Repository wrong =
        Repositories.open(store, Optional.of(RecoveryKey.read(other)), Clock.systemUTC());
    assertThat(verify(wrong, true).good()).isTrue();
    assertThatThrownBy(() -> verify(wrong, false))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_KEY));
  }

  @Test
  void manySmallFramesInOneObjectAreToldApartInTheirOrderAndFast() {
    int many = 150_000;
    String object = "ab".repeat(32);
    VerifyObjects objects = new VerifyObjects(true);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int round = 0; round < 2; round++) {
            for (int i = 0; i < many; i++) {
              String hash = String.format("%08x", i).repeat(8);
              objects.frame(new FrameRef(object, i, 1, 1, 1, hash), many);
            }
          }
        });
    assertThat(objects.frames(0)).hasSize(many);
    FrameRef first = objects.frames(0).getFirst();
    // The same place with other rows is another frame, and so is the same frame elsewhere.
    objects.frame(new FrameRef(object, 0, 1, 2, 1, first.rowHash()), many);
    objects.frame(new FrameRef(object, 7, 1, 1, 1, first.rowHash()), many);
    objects.frame(first, many);
    assertThat(objects.frames(0)).hasSize(many + 2);
  }
}
