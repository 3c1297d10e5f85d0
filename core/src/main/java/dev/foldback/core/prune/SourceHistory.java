package dev.foldback.core.prune;

import dev.foldback.core.Position;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.repository.SnapshotListing.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The snapshots of one source in order. There are two orders: by id, which a clock made, and by
 * place in the log, which no clock touches but a reset of the log starts again. Where they differ
 * nobody can tell which is right, so rules are applied in both and keep what either keeps.
 */
final class SourceHistory {
  /** Clocks of hosts differ by so much without anything being wrong. */
  private static final Duration TOLERANCE = Duration.ofMinutes(10);

  private final List<Entry> byId = new ArrayList<>();
  private final List<Entry> future = new ArrayList<>();
  private final List<Entry> byPlace;

  SourceHistory(List<Entry> entries, Instant now) {
    for (Entry entry : entries.stream().sorted(Comparator.comparing(SourceHistory::id)).toList()) {
      (entry.manifest().started().isAfter(now.plus(TOLERANCE)) ? future : byId).add(entry);
    }
    byPlace = byPlace(byId);
  }

  private static String id(Entry entry) {
    return entry.manifest().id().value();
  }

  /** Oldest first, without those from the future. */
  List<Entry> byId() {
    return byId;
  }

  /** Both orders, oldest first, without those from the future. */
  List<List<Entry>> orders() {
    return List.of(byId, byPlace);
  }

  /** Snapshots of a time that has not come: a clock was wrong. */
  List<Entry> future() {
    return future;
  }

  /** All of them, by id. */
  List<Entry> all() {
    List<Entry> all = new ArrayList<>(byId);
    all.addAll(future);
    return all;
  }

  static Optional<LogPlace> place(Entry entry) {
    return switch (entry.manifest().position()) {
      case Position.Binlog at -> Optional.of(new LogPlace(at.file(), at.offset()));
      case Position.None _ -> Optional.empty();
    };
  }

  static String lineage(Entry entry) {
    return entry.manifest().server().id();
  }

  /** By place within each server's log; the logs themselves in the order of their newest ids. */
  private static List<Entry> byPlace(List<Entry> byId) {
    TreeMap<String, List<Entry>> logs = new TreeMap<>();
    for (Entry entry : byId) {
      String log = place(entry).map(p -> lineage(entry) + " " + base(p)).orElse("");
      logs.computeIfAbsent(log, _ -> new ArrayList<>()).add(entry);
    }
    return logs.values().stream()
        .sorted(Comparator.comparing(log -> id(log.getLast())))
        .flatMap(log -> log.stream().sorted(Comparator.comparing(SourceHistory::placeOrStart)))
        .toList();
  }

  private static LogPlace placeOrStart(Entry entry) {
    return place(entry).orElse(new LogPlace("", 0));
  }

  /** A log file's name without its number. */
  private static String base(LogPlace place) {
    return place.file().replaceAll("[0-9]+$", "");
  }
}
