package dev.foldback.core.prune;

import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotListing.Entry;
import dev.foldback.core.repository.SnapshotManifest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots and segments as retention sees them. */
final class Snapshots {
  static final SourceName SHOP = new SourceName("shop");
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z-0000'").withZone(ZoneOffset.UTC);

  private Snapshots() {}

  /** A snapshot at a time such as {@code 2026-03-01T03:00:00Z}, at a place in file 1. */
  static Entry at(String time, long place) {
    return at(SHOP, Instant.parse(time), "binlog.000001", place, Optional.empty());
  }

  static Entry at(
      SourceName source, Instant time, String file, long place, Optional<Proof> strongest) {
    SnapshotManifest manifest =
        new SnapshotManifest(
            new SnapshotId(ID.format(time)),
            source,
            new ServerInfo("mariadb", "11.4", "server-1", Map.of()),
            time,
            time.plusSeconds(60),
            new Position.Binlog(file, place, ""),
            0,
            "backup lock",
            Selection.ALL,
            1,
            1,
            1,
            1,
            1,
            List.of(),
            List.of(),
            Optional.empty());
    return new Entry(manifest, strongest, strongest);
  }

  static Entry proven(Entry entry, String kind) {
    Proof proof = new Proof(entry.manifest().started(), kind, true, "");
    return new Entry(entry.manifest(), Optional.of(proof), Optional.of(proof));
  }

  static Entry failedLater(Entry entry) {
    Proof bad = new Proof(entry.manifest().started().plusSeconds(9), "bytes", false, "damaged");
    return new Entry(entry.manifest(), Optional.of(bad), entry.strongest());
  }

  /** A segment from one place of file 1 to another, its last commit at a time. */
  static LogSegment segment(long number, long from, long to, String last) {
    return segment(number, new LogPlace("binlog.000001", from), to, Instant.parse(last));
  }

  static LogSegment segment(long number, LogPlace from, long to, Instant last) {
    return new LogSegment(
        SHOP,
        "server-1",
        number,
        from,
        new LogPlace(from.file(), to),
        last.minusSeconds(600),
        last,
        1000);
  }
}
