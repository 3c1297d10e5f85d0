package dev.foldback.cli;

import dev.foldback.core.Finding;
import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogStretch;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.TableSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Snapshots as tests need them. */
final class Given {
  static final Instant NOW = Instant.parse("2026-03-01T06:00:00Z");
  static final SnapshotId OLD = new SnapshotId("20260228T030000Z-0a0a");
  static final SnapshotId NEW = new SnapshotId("20260301T030000Z-0b0b");
  static final Origin ORIGIN = new Origin("differential", "the last snapshot is damaged");
  static final Origin BY_LOG = new Origin("log", "the log since the last snapshot is whole");
  static final ServerInfo SERVER =
      new ServerInfo("mariadb", "11.4.5-MariaDB", "server-1", Map.of());
  static final Finding DAMAGED =
      Finding.error(
          "FB-4003",
          "snapshots/shop/20260227T030000Z-0c0c.json",
          "the manifest is cut short; this snapshot can't be restored",
          "Use another snapshot.");

  static final KeptTables KEPT =
      new KeptTables(
          "20260301030000",
          NOW,
          "2 tables restored in place",
          List.of(new TableName("shop", "orders"), new TableName("shop", "item")),
          List.of("foldback_kept_20260301030000_0"),
          5L << 20,
          true);

  static final KeptTables KEPT_INSTEAD =
      new KeptTables(
          "20260301040000",
          NOW,
          "put back",
          KEPT.tables(),
          List.of("foldback_kept_20260301040000_0"),
          0,
          true);

  static final Unfinished LEFT =
      new Unfinished(
          "0a0b0c0d0e0f0a0b",
          Unfinished.Kind.IN_PLACE,
          Optional.of(NOW.minusSeconds(600)),
          List.of(new TableName("foldback_swap_0a0b0c0d0e0f0a0b_0", "orders")),
          List.of("foldback_swap_0a0b0c0d0e0f0a0b_0"),
          3L << 20,
          false);

  /** As {@link #LEFT}, of another kind. */
  static Unfinished left(Unfinished.Kind kind, boolean running) {
    return new Unfinished(
        LEFT.id(), kind, LEFT.since(), LEFT.tables(), LEFT.schemas(), LEFT.bytes(), running);
  }

  private Given() {}

  /** A stretch of log file 7 between two offsets. */
  static LogStretch stretch(long from, long to) {
    return new LogStretch(
        new Position.Binlog("binlog.000007", from, ""),
        new Position.Binlog("binlog.000007", to, "0-1-120"),
        "",
        Optional.of(NOW.minusSeconds(60)),
        Optional.of(NOW.minusSeconds(30)),
        12,
        48,
        to - from,
        Optional.empty(),
        false,
        0,
        OptionalLong.empty(),
        Optional.empty());
  }

  static SegmentManifest segment(long number, long from, long to, Optional<LogHole> hole) {
    return new SegmentManifest(
        new SourceName("shop"),
        number,
        SERVER,
        stretch(from, to),
        NOW.minusSeconds(10),
        // Before the snapshots that its run leads on from.
        Instant.parse("2026-02-01T00:00:00Z"),
        number > 1 && hole.isEmpty(),
        hole,
        900,
        number % 2 == 0 ? Optional.empty() : Optional.of(BY_LOG));
  }

  static SnapshotManifest manifest(SnapshotId id, String source) {
    String text = id.value();
    Instant time =
        Instant.parse(text.replaceFirst("(....)(..)(..)T(..)(..)(..)Z.*", "$1-$2-$3T$4:$5:$6Z"));
    return new SnapshotManifest(
        id,
        new SourceName(source),
        SERVER,
        time,
        time.plusSeconds(60),
        new Position.Binlog("binlog.000007", 4711, "0-1-99"),
        0,
        "backup lock",
        Selection.ALL,
        2,
        1_234_567,
        5L << 30,
        1L << 30,
        3L << 20,
        List.of(Finding.warning("not-transactional", "shop.log", "MyISAM", "Use InnoDB.")),
        List.of("every frame hashed"),
        id.equals(OLD) ? Optional.empty() : Optional.of(ORIGIN));
  }

  static final Proof RESTORED = new Proof(NOW.minusSeconds(3600), "restore", true, "2 tables");

  static SnapshotListing listing() {
    return new SnapshotListing(
        List.of(
            new SnapshotListing.Entry(manifest(OLD, "shop"), Optional.empty(), Optional.empty()),
            new SnapshotListing.Entry(
                manifest(NEW, "shop"), Optional.of(RESTORED), Optional.of(RESTORED))),
        List.of());
  }

  static List<TableSummary> tables() {
    return List.of(
        new TableSummary(new TableName("shop", "customers"), 1000, 1 << 20, 1),
        new TableSummary(new TableName("shop", "orders"), 1_233_567, 5L << 30, 900));
  }
}
