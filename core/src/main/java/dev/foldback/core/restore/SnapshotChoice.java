package dev.foldback.core.restore;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Picks the snapshot that a person means. */
public final class SnapshotChoice {
  private SnapshotChoice() {}

  /**
   * The named snapshot, or the newest of the source; the source may be left out where there is only
   * one. Fails with {@code MANIFEST_DAMAGED} where the one that is meant can't be read: an older
   * one is taken only where it is named.
   */
  public static SnapshotManifest choose(
      SnapshotListing listing, Optional<SourceName> source, Optional<SnapshotId> id) {
    List<SnapshotManifest> readable =
        listing.entries().stream()
            .map(SnapshotListing.Entry::manifest)
            .filter(m -> source.isEmpty() || m.source().equals(source.get()))
            .filter(m -> id.isEmpty() || m.id().equals(id.get()))
            .toList();
    List<Damaged> damaged =
        listing.damaged().stream()
            .flatMap(finding -> Damaged.of(finding).stream())
            .filter(d -> source.isEmpty() || d.source.equals(source.get().value()))
            .filter(d -> id.isEmpty() || d.id.equals(id.get()))
            .toList();
    List<String> sources =
        Stream.concat(
                readable.stream().map(m -> m.source().value()), damaged.stream().map(d -> d.source))
            .distinct()
            .toList();
    if (sources.isEmpty()) {
      throw missing(listing, source, id);
    }
    if (sources.size() > 1) {
      throw new FoldbackException(
          ErrorCode.UNKNOWN_SOURCE,
          "the repository holds several sources: " + String.join(", ", sources),
          "Name the one you mean.");
    }
    Optional<Damaged> newest = damaged.stream().max(Comparator.comparing(Damaged::id));
    if (readable.isEmpty()) {
      throw unreadable(newest.orElseThrow());
    }
    SnapshotManifest chosen = readable.getLast();
    newest
        .filter(d -> d.id.compareTo(chosen.id()) > 0)
        .ifPresent(
            d -> {
              throw newerUnreadable(d, chosen);
            });
    return chosen;
  }

  /** A manifest that can't be read, as its key tells. */
  private record Damaged(String source, SnapshotId id, Finding finding) {
    private static final Pattern KEY =
        Pattern.compile("snapshots/([a-z0-9._-]+)/([0-9]{8}T[0-9]{6}Z-[0-9a-f]{4})[.]json");

    static Optional<Damaged> of(Finding finding) {
      Matcher key = KEY.matcher(finding.subject());
      return finding.severity() == Finding.Severity.ERROR && key.matches()
          ? Optional.of(new Damaged(key.group(1), new SnapshotId(key.group(2)), finding))
          : Optional.empty();
    }
  }

  private static FoldbackException unreadable(Damaged damaged) {
    return new FoldbackException(
        ErrorCode.MANIFEST_DAMAGED,
        "snapshot "
            + damaged.id
            + " of "
            + damaged.source
            + " can't be read: "
            + damaged.finding.message(),
        damaged.finding.hint());
  }

  private static FoldbackException newerUnreadable(Damaged damaged, SnapshotManifest older) {
    return new FoldbackException(
        ErrorCode.MANIFEST_DAMAGED,
        "the newest snapshot of "
            + older.source()
            + ", "
            + damaged.id
            + ", can't be read: "
            + damaged.finding.message()
            + ". The newest that can be read is "
            + older.id()
            + ", which lacks what came after it; it is not taken unasked",
        "Take the older one with '--snapshot "
            + older.id()
            + "' ('foldback show' takes the bare id), or put the damaged file back from a copy of"
            + " the repository.");
  }

  private static FoldbackException missing(
      SnapshotListing listing, Optional<SourceName> source, Optional<SnapshotId> id) {
    List<String> sources =
        listing.entries().stream().map(e -> e.manifest().source().value()).distinct().toList();
    if (source.isPresent() && !sources.contains(source.get().value())) {
      return new FoldbackException(
          ErrorCode.UNKNOWN_SOURCE,
          "the repository holds no snapshot of '" + source.get() + "'" + damage(listing),
          sources.isEmpty()
              ? "It holds no snapshot at all. Take one with 'foldback backup'."
              : "It holds: " + String.join(", ", sources));
    }
    return new FoldbackException(
        ErrorCode.UNKNOWN_SNAPSHOT,
        (id.isPresent() ? "there is no snapshot " + id.get() : "there is no snapshot")
            + damage(listing),
        "See 'foldback list'.");
  }

  private static String damage(SnapshotListing listing) {
    long damaged =
        listing.damaged().stream().filter(f -> f.severity() == Finding.Severity.ERROR).count();
    return damaged == 0 ? "" : " (and " + damaged + " manifests can't be read)";
  }
}
