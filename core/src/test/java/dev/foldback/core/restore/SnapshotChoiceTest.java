package dev.foldback.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotChoiceTest {
  private static final String OLD = "20260101T000000Z-0001";
  private static final String NEW = "20260102T000000Z-0002";

  @Test
  void theNewestIsTakenWhereNoneIsNamed() {
    assertThat(choose(listing(entry("a", OLD), entry("a", NEW)), null, null)).isEqualTo(NEW);
  }

  @Test
  void theNamedOneIsTaken() {
    assertThat(choose(listing(entry("a", OLD), entry("a", NEW)), "a", OLD)).isEqualTo(OLD);
  }

  @Test
  void severalSourcesNeedAName() {
    SnapshotListing two = listing(entry("a", OLD), entry("b", NEW));
    fails(two, null, null, ErrorCode.UNKNOWN_SOURCE, "a, b");
    assertThat(choose(two, "a", null)).isEqualTo(OLD);
  }

  @Test
  void aMissingSourceOrSnapshotIsSaid() {
    fails(listing(entry("a", OLD)), "b", null, ErrorCode.UNKNOWN_SOURCE, "'b'");
    fails(listing(entry("a", OLD)), "a", NEW, ErrorCode.UNKNOWN_SNAPSHOT, NEW);
    fails(listing(), null, null, ErrorCode.UNKNOWN_SNAPSHOT, "no snapshot");
  }

  @Test
  void anOlderOneIsNotTakenUnaskedWhereTheNewestIsDamaged() {
    SnapshotListing listing = damaged(listing(entry("a", OLD)), "a", NEW);
    fails(listing, null, null, ErrorCode.MANIFEST_DAMAGED, NEW);
    fails(listing, "a", null, ErrorCode.MANIFEST_DAMAGED, OLD);
    assertThatThrownBy(() -> choose(listing, "a", null))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.hint()).contains("--snapshot " + OLD));
    assertThat(choose(listing, "a", OLD)).isEqualTo(OLD);
    assertThat(choose(listing, null, OLD)).isEqualTo(OLD);
  }

  @Test
  void damageThatIsOlderOrOfAnotherSourceStandsInNobodysWay() {
    assertThat(choose(damaged(listing(entry("a", NEW)), "a", OLD), null, null)).isEqualTo(NEW);
    SnapshotListing two = damaged(listing(entry("a", OLD)), "b", NEW);
    assertThat(choose(two, "a", null)).isEqualTo(OLD);
    fails(two, null, null, ErrorCode.UNKNOWN_SOURCE, "a, b");
  }

  @Test
  void whatIsDamagedIsNotSaidToBeAbsent() {
    SnapshotListing listing = damaged(listing(entry("a", OLD)), "a", NEW);
    fails(listing, null, NEW, ErrorCode.MANIFEST_DAMAGED, NEW);
    fails(damaged(listing(), "a", NEW), "a", null, ErrorCode.MANIFEST_DAMAGED, NEW);
  }

  @Test
  void aFileThatIsNoManifestIsNoDamage() {
    SnapshotListing stray =
        new SnapshotListing(
            listing(entry("a", OLD)).entries(),
            List.of(Finding.warning("FB-1002", "snapshots/a/" + NEW + ".json.bak", "odd", "")));
    assertThat(choose(stray, null, null)).isEqualTo(OLD);
  }

  private static SnapshotListing damaged(SnapshotListing listing, String source, String id) {
    return new SnapshotListing(
        listing.entries(),
        List.of(
            Finding.error(
                "FB-4003",
                "snapshots/" + source + "/" + id + ".json",
                "it is cut short",
                "Look.")));
  }

  private static void fails(
      SnapshotListing listing,
      @Nullable String source,
      @Nullable String id,
      ErrorCode code,
      String text) {
    assertThatThrownBy(() -> choose(listing, source, id))
        .isInstanceOfSatisfying(FoldbackException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasStackTraceContaining(text);
  }

  private static String choose(
      SnapshotListing listing, @Nullable String source, @Nullable String id) {
    return SnapshotChoice.choose(
            listing,
            Optional.ofNullable(source).map(SourceName::new),
            Optional.ofNullable(id).map(SnapshotId::new))
        .id()
        .value();
  }

  private static SnapshotListing listing(SnapshotManifest... manifests) {
    return new SnapshotListing(
        Arrays.stream(manifests)
            .map(m -> new SnapshotListing.Entry(m, Optional.empty(), Optional.empty()))
            .toList(),
        List.of());
  }

  private static SnapshotManifest entry(String source, String id) {
    return new SnapshotManifest(
        new SnapshotId(id),
        new SourceName(source),
        new ServerInfo("mariadb", "11.4.5-MariaDB", "x", Map.of()),
        Instant.EPOCH,
        Instant.EPOCH,
        new Position.Binlog("binlog.000001", 4, ""),
        0,
        "test",
        Selection.ALL,
        0,
        0,
        0,
        0,
        0,
        List.of(),
        List.of(),
        Optional.empty());
  }
}
