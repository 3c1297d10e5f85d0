package dev.foldback.repository;

import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.prune.LogSegment;
import dev.foldback.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** What a prune sees of the logs, and how it drops their old ends. */
final class LogPruning {
  private final ObjectStore store;
  private final SegmentFiles files;

  LogPruning(ObjectStore store, SegmentFiles files) {
    this.store = store;
    this.files = files;
  }

  /** Those that can be read; where one can't, a sweep that is to keep it fails. */
  List<LogSegment> segments() {
    List<LogSegment> all = new ArrayList<>();
    for (SourceName source : files.sources()) {
      List<SegmentManifest> log = files.all(source).listing().segments();
      for (int i = 0; i < log.size(); i++) {
        SegmentManifest each = log.get(i);
        boolean goesOn = i + 1 < log.size() && each.isFollowedBy(log.get(i + 1));
        all.add(segment(each, LogOrder.place(goesOn ? log.get(i + 1).from() : each.to())));
      }
    }
    return all;
  }

  /** One without a commit counts for the time up to which it says that there is none. */
  private static LogSegment segment(SegmentManifest m, LogPlace to) {
    return new LogSegment(
        m.source(),
        m.server().id(),
        m.number(),
        LogOrder.place(m.from()),
        to,
        m.stretch().firstCommit().orElse(m.until()),
        m.stretch().lastCommit().orElse(m.until()),
        m.storedBytes());
  }

  /**
   * Manifests that go, oldest first of each source, and those that a prune before had said to drop.
   *
   * @param upTo number of the last to go; the newest of a source never goes
   */
  List<String> keys(Map<SourceName, Long> upTo) {
    List<String> keys = new ArrayList<>();
    begins(upTo).forEach((source, begins) -> keys.addAll(before(source, begins).values()));
    return keys;
  }

  /**
   * Says first where each log begins from now on, so that what is missing before is not taken for
   * lost. Returns how many segments were dropped.
   */
  long drop(Map<SourceName, Long> upTo, Lease lease) {
    long dropped = 0;
    for (Map.Entry<SourceName, Long> each : begins(upTo).entrySet()) {
      List<String> keys = List.copyOf(before(each.getKey(), each.getValue()).values());
      if (!keys.isEmpty()) {
        lease.check();
        note(each.getKey(), each.getValue());
      }
      for (String key : keys) {
        lease.requireNotLost();
        store.delete(key);
        dropped++;
      }
    }
    return dropped;
  }

  private void note(SourceName source, long begins) {
    String note = Keys.logBegins(source, begins);
    var _ =
        store.putIfAbsent(
            note, Json.checked(Json.file().put("source", source.value()).put("number", begins)));
    List<String> older = new ArrayList<>();
    list(Keys.log(source), older::add);
    older.stream()
        .filter(key -> Keys.isLogBegins(key) && key.compareTo(note) < 0)
        .forEach(store::delete);
  }

  /** The number that each log begins with from now on; its newest segment never goes. */
  private Map<SourceName, Long> begins(Map<SourceName, Long> upTo) {
    Map<SourceName, Long> begins = new TreeMap<>();
    Set<SourceName> sources = new TreeSet<>(files.sources());
    sources.addAll(upTo.keySet());
    for (SourceName source : sources) {
      NavigableMap<Long, String> found = manifests(source);
      if (!found.isEmpty()) {
        long first = Math.max(files.begins(source), upTo.getOrDefault(source, 0L) + 1);
        begins.put(source, Math.min(first, found.lastKey()));
      }
    }
    return begins;
  }

  private Map<Long, String> before(SourceName source, long begins) {
    return manifests(source).headMap(begins, false);
  }

  private NavigableMap<Long, String> manifests(SourceName source) {
    String prefix = Keys.log(source);
    ConcurrentSkipListMap<Long, String> found = new ConcurrentSkipListMap<>();
    list(
        prefix,
        key -> {
          String name = key.substring(prefix.length());
          if (name.matches("[0-9]{1,18}\\.json")) {
            found.put(Long.parseLong(name.substring(0, name.length() - 5)), key);
          }
        });
    return found;
  }

  private void list(String prefix, Consumer<String> key) {
    store.list(prefix, each -> key.accept(each.key()));
  }
}
